import { Modal } from 'antd';
import { useEffect } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { useLocale } from '../locale.web.tsx';
import { SignInForm } from '../login/sign-in-form.web.tsx';
import { tellOtherTabs } from '../session-channel.web.ts';
import { sessionStore } from '../session.web.ts';
import { useStore } from '../store.web.ts';
import { resumeSession, sessionEnd } from './session-end.web.ts';

const words = {
  title: text('已退出登录', 'You are signed out'),
  hint: text(
    '您已在别处退出，或登录已失效。重新登录后回到这一页；未保存的内容已存为草稿。',
    'You signed out elsewhere, or the session ended. Log in to return to this page; what you typed is kept as a draft.',
  ),
  other: text('换一个用户', 'Another person'),
};

/** Stands in for the whole page once its session is over: nothing of what was read is behind it. */
export function SignedOut() {
  const { t } = useLocale();
  const end = useStore(sessionEnd);
  useEffect(() => {
    // The page was made for somebody else's rights: begin anew.
    if (end === 'other') window.location.reload();
  }, [end]);
  if (end === 'other') return null;
  const user = sessionStore.get()?.user;
  const comeBack = async () => {
    await resumeSession();
    if (user) tellOtherTabs({ what: 'in', userId: user.id });
  };
  return (
    <Modal open title={t(words.title)} footer={null} closable={false} mask={{ closable: false }} keyboard={false} width={400}>
      <p className="dialog-words">{t(words.hint)}</p>
      <SignInForm knownLogin={user?.login ?? ''} onSignedIn={() => void comeBack()} />
      <button type="button" className="link-button prompt-other" onClick={() => window.location.assign('/login')}>
        {t(words.other)}
      </button>
    </Modal>
  );
}
