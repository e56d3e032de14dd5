import { Button, Modal } from 'antd';
import { text } from '#kernel/i18n/text.ts';
import { giveUpHeld, heldRequests, resumeHeld } from '../held.web.ts';
import { useLocale } from '../locale.web.tsx';
import { SignInForm } from '../login/sign-in-form.web.tsx';
import { sessionStore } from '../session.web.ts';
import { useStore } from '../store.web.ts';
import { takeFocus } from '../take-focus.web.ts';

const words = {
  session: text('登录已过期', 'Your session has ended'),
  sessionHint: text('请重新登录；页面和已填写的内容都还在。', 'Log in again; the page and what you typed are still here.'),
  other: text('换一个用户', 'Another person'),
  lost: text('没有收到服务器的回答', 'The server did not answer'),
  lostHint: text(
    '不确定刚才的操作是否已完成。重试是安全的：同一操作不会做两次。',
    'It is not known whether your last command was carried out. Trying again is safe: it will not be done twice.',
  ),
  retry: text('重试', 'Try again'),
  back: text('返回页面', 'Back to the page'),
};

/** Requests that wait for a person: log in again, or send again. The page underneath stays as it is. */
export function HeldPrompt() {
  const { t } = useLocale();
  const held = useStore(heldRequests);
  const needsSession = held.some((one) => one.reason === 'session');
  const isLost = !needsSession && held.some((one) => one.reason === 'connection');
  return (
    <>
      <Modal
        open={needsSession}
        title={t(words.session)}
        footer={null}
        closable={false}
        mask={{ closable: false }}
        // Whoever passes by does not read the page of a session that is over.
        styles={{ mask: { background: 'var(--ground)' } }}
        keyboard={false}
        width={400}
        destroyOnHidden
      >
        <p className="dialog-words">{t(words.sessionHint)}</p>
        <SignInForm knownLogin={sessionStore.get()?.user.login ?? ''} onSignedIn={() => resumeHeld('session')} />
        <button type="button" className="link-button prompt-other" onClick={() => window.location.assign('/login')}>
          {t(words.other)}
        </button>
      </Modal>
      <Modal
        open={isLost}
        title={t(words.lost)}
        onCancel={() => giveUpHeld('connection')}
        width={440}
        footer={[
          <Button key="back" onClick={() => giveUpHeld('connection')}>
            {t(words.back)}
          </Button>,
          <Button key="retry" type="primary" ref={takeFocus} onClick={() => resumeHeld('connection')}>
            {t(words.retry)}
          </Button>,
        ]}
      >
        <p className="dialog-words">{t(words.lostHint)}</p>
      </Modal>
    </>
  );
}
