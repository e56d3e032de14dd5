import { useMemo, useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { newKey } from '#ui/key.web.ts';
import { useLocale } from '#ui/locale.web.tsx';
import { addressOf, bodySchemaOf, curlOf, parametersOf, type ApiOperation } from './api-operation.ts';
import { exampleOf, type Json } from './api-schema.ts';

const words = {
  title: text('试一试', 'Try it'),
  send: text('发送', 'Send'),
  rehearse: text('预演（不保存）', 'Rehearse (nothing is kept)'),
  real: text('会真实写入数据，我确认', 'This really changes data; I mean it'),
  body: text('请求体', 'Body'),
  answer: text('应答', 'Answer'),
  notJson: text('请求体不是合法的 JSON', 'The body is not valid JSON'),
  silent: text('没有收到应答', 'No answer came back'),
  file: text('该接口收发文件，请用程序调用。', 'This operation carries a file; call it from a program.'),
  curl: text('命令行', 'Command line'),
};

interface Answer {
  readonly status: number;
  readonly milliseconds: number;
  readonly body: string;
}

/** Sends exactly what is typed, past the client: a reference shows what really travels. */
async function send(o: ApiOperation, values: Readonly<Record<string, string>>, body: string, isRehearsal: boolean): Promise<Answer> {
  const started = performance.now();
  const response = await fetch(`/api${addressOf(o, isRehearsal ? { ...values, dryRun: 'true' } : values)}`, {
    method: o.method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(o.method === 'GET' ? {} : { 'idempotency-key': newKey() }),
      ...(bodySchemaOf(o) ? { 'content-type': 'application/json' } : {}),
    },
    ...(bodySchemaOf(o) ? { body } : {}),
  });
  const raw = await response.text();
  return { status: response.status, milliseconds: performance.now() - started, body: pretty(raw) };
}

function pretty(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw.slice(0, 20_000);
  }
}

const isJson = (value: string): boolean => {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
};

function Parameters({
  o,
  values,
  onChange,
}: {
  o: ApiOperation;
  values: Readonly<Record<string, string>>;
  onChange: (name: string, value: string) => void;
}) {
  const shown = parametersOf(o).filter((p) => p.place !== 'header' && p.name !== 'dryRun');
  return (
    <div className="dict-inputs">
      {shown.map((p) => (
        <label key={p.name}>
          <span>
            <code>{p.name}</code>
            {p.isRequired && <b aria-hidden="true"> *</b>}
          </span>
          <input value={values[p.name] ?? ''} required={p.isRequired} onChange={(event) => onChange(p.name, event.target.value)} />
        </label>
      ))}
    </div>
  );
}

/** A form that sends one operation as the signed-in person; what can be rehearsed is rehearsed unless told otherwise. */
export function TryIt({ api, operation: o }: { api: Json; operation: ApiOperation }) {
  const { t } = useLocale();
  const schema = bodySchemaOf(o);
  const example = useMemo(() => (schema ? JSON.stringify(exampleOf(api, schema), null, 2) : ''), [api, schema]);
  const [values, setValues] = useState<Record<string, string>>({});
  const [body, setBody] = useState(example);
  const [isRehearsal, setRehearsal] = useState(o.canRehearse);
  const [isMeant, setMeant] = useState(false);
  const [answer, setAnswer] = useState<Answer | string | null>(null);
  const changes = o.method !== 'GET' && !isRehearsal;
  const run = async (): Promise<void> => {
    if (schema && !isJson(body)) return setAnswer(t(words.notJson));
    setAnswer(await send(o, values, body, isRehearsal).catch(() => t(words.silent)));
  };
  if (o.raw['requestBody'] && !schema) return <p className="dict-quiet">{t(words.file)}</p>;
  return (
    <form
      className="dict-try"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <h3>{t(words.title)}</h3>
      <Parameters o={o} values={values} onChange={(name, value) => setValues({ ...values, [name]: value })} />
      {schema && (
        <label className="dict-body">
          <span>{t(words.body)}</span>
          <textarea
            value={body}
            rows={Math.min(18, body.split('\n').length + 1)}
            spellCheck={false}
            onChange={(event) => setBody(event.target.value)}
          />
        </label>
      )}
      <div className="dict-send">
        {o.canRehearse && (
          <label>
            <input type="checkbox" checked={isRehearsal} onChange={(event) => setRehearsal(event.target.checked)} /> {t(words.rehearse)}
          </label>
        )}
        {changes && (
          <label className="dict-danger">
            <input type="checkbox" checked={isMeant} onChange={(event) => setMeant(event.target.checked)} /> {t(words.real)}
          </label>
        )}
        <button type="submit" className="button button-primary" disabled={changes && !isMeant}>
          {t(words.send)}
        </button>
      </div>
      <div aria-live="polite">{answer !== null && <AnswerView answer={answer} />}</div>
      <details className="dict-curl">
        <summary>{t(words.curl)}</summary>
        <pre>{curlOf(o, window.location.origin, values, body)}</pre>
      </details>
    </form>
  );
}

function AnswerView({ answer }: { answer: Answer | string }) {
  const { t } = useLocale();
  if (typeof answer === 'string') return <p className="dict-danger">{answer}</p>;
  const tone = answer.status < 300 ? 'good' : answer.status < 500 ? 'waiting' : 'refused';
  return (
    <div className="dict-answer">
      <p>
        <span className={`dict-tag dict-tag-${tone}`}>{answer.status}</span>{' '}
        <span className="dict-quiet">{answer.milliseconds.toFixed(0)} ms</span>
      </p>
      <pre tabIndex={0} aria-label={t(words.answer)}>
        {answer.body}
      </pre>
    </div>
  );
}
