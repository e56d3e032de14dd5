import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { call } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { InstantText } from '#ui/common/values.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { Card, Labelled } from './labelled.web.tsx';
import { changePassword } from './operations.ts';
import { PASSWORD_LENGTH_MIN } from './password-policy.ts';

const words = {
  title: text('密码', 'Password'),
  none: text('您通过单点登录进入，没有密码。', 'You sign in by single sign-on and have no password.'),
  changed: text('上次修改', 'Last changed'),
  current: text('当前密码', 'Present password'),
  next: text('新密码', 'New password'),
  again: text('再次输入新密码', 'New password again'),
  hint: text(
    '至少 12 个字符，几个不相关的词最好记也最难猜。修改后其他会话立即结束。',
    'At least 12 characters; a few unrelated words are easy to keep and hard to guess. Your other sessions end at once.',
  ),
  differ: text('两次输入的新密码不一致。', 'The two new passwords differ.'),
  save: text('修改密码', 'Change password'),
  done: text('已修改', 'Changed'),
};

/** Changing one's own password. */
export function PasswordCard({
  hasPassword,
  changedAt,
  onChanged,
}: {
  hasPassword: boolean;
  changedAt: string | null;
  onChanged: () => void;
}) {
  const { t } = useLocale();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation({
    mutationFn: () => call(changePassword, { body: { current, next } }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      setAgain('');
      onChanged();
    },
  });
  if (!hasPassword)
    return (
      <Card title={words.title}>
        <p className="secondary">{t(words.none)}</p>
      </Card>
    );
  const isDifferent = again !== '' && again !== next;
  const isReady = current !== '' && next.length >= PASSWORD_LENGTH_MIN && next === again;
  return (
    <Card
      title={words.title}
      beside={
        <>
          {t(words.changed)} <InstantText at={changedAt} />
        </>
      }
    >
      <form
        onSubmit={(e) => {
          e.preventDefault();
          if (isReady) change.mutate();
        }}
      >
        <Labelled label={words.current} isRequired>
          {(id) => <Input.Password id={id} autoComplete="current-password" value={current} onChange={(e) => setCurrent(e.target.value)} />}
        </Labelled>
        <Labelled label={words.next} hint={words.hint} isRequired>
          {(id) => (
            <Input.Password id={id} autoComplete="new-password" maxLength={128} value={next} onChange={(e) => setNext(e.target.value)} />
          )}
        </Labelled>
        <Labelled label={words.again} isRequired>
          {(id) => (
            <Input.Password
              id={id}
              autoComplete="new-password"
              maxLength={128}
              value={again}
              onChange={(e) => setAgain(e.target.value)}
              status={isDifferent ? 'error' : ''}
              aria-invalid={isDifferent}
            />
          )}
        </Labelled>
        {isDifferent && (
          <p className="field-hint" role="status">
            {t(words.differ)}
          </p>
        )}
        {change.error && <ErrorPanel error={change.error} takesFocus />}
        <div className="access-row">
          <Button htmlType="submit" disabled={!isReady} loading={change.isPending}>
            {t(words.save)}
          </Button>
          {change.isSuccess && <Chip tone="good" label={words.done} />}
        </div>
      </form>
    </Card>
  );
}
