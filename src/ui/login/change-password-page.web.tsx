import { useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { useLocale } from '../locale.web.tsx';
import { sessionPaths } from '../session-shape.ts';
import { LoginFrame } from './frame.web.tsx';
import { ApiError, publicSend } from './public-call.web.ts';
import { PasswordField } from './sign-in-form.web.tsx';

const words = {
  title: text('请设置新密码', 'Choose a new password'),
  hint: text(
    '当前密码由管理员签发，只能用来登录这一次。',
    'Your present password was issued by an administrator and is good for this once only.',
  ),
  current: text('当前密码', 'Present password'),
  next: text('新密码', 'New password'),
  again: text('再次输入新密码', 'New password again'),
  nextHint: text('至少十二个字符；一句话比一个词更好。', 'At least twelve characters; a sentence is better than a word.'),
  missing: text('请填写', 'Fill this in'),
  differ: text('两次输入的密码不一致', 'The two passwords differ'),
  save: text('保存并继续', 'Save and go on'),
  failed: text('没有保存，请稍后再试。', 'Nothing was saved; try again in a moment.'),
};

type Wrongs = { current?: string | undefined; next?: string | undefined; again?: string | undefined };

/** Shown instead of the shell while an issued password is in force. */
export function ChangePasswordPage({ onDone }: { onDone: () => void }) {
  const { t } = useLocale();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [wrongs, setWrongs] = useState<Wrongs>({});
  const [isBusy, setBusy] = useState(false);
  const send = async () => {
    const found: Wrongs = {
      current: current === '' ? t(words.missing) : undefined,
      next: next === '' ? t(words.missing) : undefined,
      again: next !== again ? t(words.differ) : undefined,
    };
    setWrongs(found);
    if (found.current ?? found.next ?? found.again) return;
    setBusy(true);
    try {
      await publicSend(sessionPaths.password, { current, next });
      onDone();
    } catch (error) {
      const refusal = error instanceof ApiError ? error.refusals[0] : undefined;
      const message = refusal ? `${t(refusal.text)} ${t(refusal.wayOut)}` : t(words.failed);
      setWrongs(refusal?.field === 'current' ? { current: message } : { next: message });
    } finally {
      setBusy(false);
    }
  };
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
        <PasswordField
          label={words.current}
          value={current}
          onChange={setCurrent}
          autoComplete="current-password"
          error={wrongs.current}
          isFocused
        />
        <PasswordField
          label={words.next}
          value={next}
          onChange={setNext}
          autoComplete="new-password"
          error={wrongs.next}
          hint={t(words.nextHint)}
        />
        <PasswordField label={words.again} value={again} onChange={setAgain} autoComplete="new-password" error={wrongs.again} />
        <button type="submit" className="button button-primary button-wide" disabled={isBusy}>
          {t(words.save)}
        </button>
      </form>
    </LoginFrame>
  );
}
