import { useState } from 'react';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { useLocale } from '../locale.web.tsx';
import { sessionPaths, type Setup } from '../session-shape.ts';
import { LoginFrame } from './frame.web.tsx';
import { ApiError, publicSend } from './public-call.web.ts';
import { Field, PasswordField } from './sign-in-form.web.tsx';

const words = {
  title: text('首次设置', 'First setup'),
  hint: text('建立第一家公司和第一位管理员。这个链接只能用一次。', 'The first company and the first administrator. This link works once.'),
  company: text('公司', 'Company'),
  administrator: text('管理员', 'Administrator'),
  passwordHint: text('至少十二个字符；一句话比一个词更好。', 'At least twelve characters; a sentence is better than a word.'),
  again: text('再次输入密码', 'Password again'),
  differ: text('两次输入的密码不一致', 'The two passwords differ'),
  missing: text('请填写', 'Fill this in'),
  create: text('完成设置', 'Finish setup'),
  busy: text('正在建立…', 'Setting up…'),
  failed: text('设置没有完成，请稍后再试。', 'The setup was not finished; try again in a moment.'),
};

interface Answers {
  code: string;
  nameZh: string;
  nameEn: string;
  uscc: string;
  country: string;
  functionalCurrency: string;
  timeZone: string;
  login: string;
  name: string;
  password: string;
  again: string;
}

const labels: Readonly<Record<keyof Answers, LocalText>> = {
  code: text('公司代码', 'Company code'),
  nameZh: text('中文名称', 'Chinese name'),
  nameEn: text('英文名称', 'English name'),
  uscc: text('统一社会信用代码（可选）', 'Unified social credit code (optional)'),
  country: text('国家（两位代码）', 'Country (two letters)'),
  functionalCurrency: text('本位币', 'Functional currency'),
  timeZone: text('时区', 'Time zone'),
  login: text('用户名', 'User name'),
  name: text('姓名', 'Name'),
  password: text('密码', 'Password'),
  again: words.again,
};

const optional: ReadonlySet<keyof Answers> = new Set(['uscc']);
const companyFields = ['code', 'nameZh', 'nameEn', 'uscc', 'country', 'functionalCurrency', 'timeZone'] as const;
const personFields = ['name', 'login'] as const;

const first: Answers = {
  code: '',
  nameZh: '',
  nameEn: '',
  uscc: '',
  country: 'CN',
  functionalCurrency: 'CNY',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  login: '',
  name: '',
  password: '',
  again: '',
};

type Wrongs = Partial<Record<keyof Answers | 'all', string>>;

function wrongsOf(error: unknown, t: (v: LocalText) => string): Wrongs {
  const refusals = error instanceof ApiError ? error.refusals : [];
  if (refusals.length === 0) return { all: t(words.failed) };
  return Object.fromEntries(
    refusals.map((r) => {
      const name = r.field?.split('.').at(-1) ?? '';
      return [name in first ? name : 'all', `${t(r.text)} ${t(r.wayOut)}`];
    }),
  );
}

/** First start: the token of the printed link makes the first company and administrator. */
export function SetupPage({ token, onDone }: { token: string; onDone: () => void }) {
  const { t, locale } = useLocale();
  const [answers, setAnswers] = useState(first);
  const [wrongs, setWrongs] = useState<Wrongs>({});
  const [isBusy, setBusy] = useState(false);
  const set = (name: keyof Answers) => (value: string) => setAnswers((now) => ({ ...now, [name]: value }));
  const check = (): Wrongs => {
    const missing = (Object.keys(first) as (keyof Answers)[]).filter((name) => !optional.has(name) && answers[name].trim() === '');
    const found: Wrongs = Object.fromEntries(missing.map((name) => [name, t(words.missing)]));
    return answers.password !== answers.again && !found.again ? { ...found, again: t(words.differ) } : found;
  };
  const send = async () => {
    const found = check();
    setWrongs(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    const { login, name, password, again: _, uscc, ...entity } = answers;
    try {
      const body: Setup = {
        token,
        administrator: { login, name, password, locale },
        entity: { ...entity, ...(uscc.trim() === '' ? {} : { uscc: uscc.trim() }) },
      };
      await publicSend(sessionPaths.setup, body);
      onDone();
    } catch (error) {
      setWrongs(wrongsOf(error, t));
    } finally {
      setBusy(false);
    }
  };
  const line = (name: keyof Answers) => (
    <Field key={name} label={labels[name]} error={wrongs[name]}>
      {({ id, describedBy, isInvalid }) => (
        <input
          id={id}
          value={answers[name]}
          onChange={(e) => set(name)(e.target.value)}
          aria-invalid={isInvalid}
          aria-describedby={describedBy}
          maxLength={200}
          autoComplete={name === 'login' ? 'username' : 'off'}
          aria-required={!optional.has(name)}
        />
      )}
    </Field>
  );
  return (
    <LoginFrame title={words.title} hint={words.hint}>
      <form
        className="plain-form"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void send();
        }}
      >
        <fieldset>
          <legend>{t(words.company)}</legend>
          <div className="plain-pairs">{companyFields.map(line)}</div>
        </fieldset>
        <fieldset>
          <legend>{t(words.administrator)}</legend>
          <div className="plain-pairs">{personFields.map(line)}</div>
          <PasswordField
            label={labels.password}
            value={answers.password}
            onChange={set('password')}
            autoComplete="new-password"
            error={wrongs.password}
            hint={t(words.passwordHint)}
          />
          <PasswordField
            label={words.again}
            value={answers.again}
            onChange={set('again')}
            autoComplete="new-password"
            error={wrongs.again}
          />
        </fieldset>
        {wrongs.all && (
          <p className="login-note is-wrong" role="alert">
            {wrongs.all}
          </p>
        )}
        <button type="submit" className="button button-primary button-wide" disabled={isBusy}>
          {t(isBusy ? words.busy : words.create)}
        </button>
      </form>
    </LoginFrame>
  );
}
