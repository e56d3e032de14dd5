import { useEffect, useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { newVersion } from '../new-version.web.ts';
import { useStore } from '../store.web.ts';
import { liveState } from './live.web.ts';

const words = {
  fresh: text(
    '系统已更新，请重新加载；未保存的内容已存为草稿。',
    'There is a new version. Reload the page; what you typed is kept as a draft.',
  ),
  reload: text('重新加载', 'Reload'),
  offline: text('网络已断开。可以继续填写，内容保存在这台设备上。', 'You are offline. Go on typing: it is kept on this device.'),
  lost: text(
    '与服务器的连接已中断，正在重新连接；页面可能不是最新的。',
    'The connection to the server was lost and is being restored; the page may be out of date.',
  ),
};

const lostShownAfterMs = 4000;

function useIsOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = () => setOnline(navigator.onLine);
    window.addEventListener('online', update);
    window.addEventListener('offline', update);
    return () => {
      window.removeEventListener('online', update);
      window.removeEventListener('offline', update);
    };
  }, []);
  return isOnline;
}

/** Says that what is on screen may be old; a short hiccup is not worth a word. */
export function Banners() {
  const { t } = useLocale();
  const isOnline = useIsOnline();
  const live = useStore(liveState);
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    if (live !== 'lost') {
      setLost(false);
      return undefined;
    }
    const timer = setTimeout(() => setLost(true), lostShownAfterMs);
    return () => clearTimeout(timer);
  }, [live]);
  const isOld = useStore(newVersion);
  const message = !isOnline ? words.offline : isLost ? words.lost : null;
  return (
    <div role="status" aria-live="polite">
      {isOld && (
        <div className="banner">
          <Icon name="history" size={16} />
          {t(words.fresh)}
          <button type="button" className="link-button" onClick={() => window.location.reload()}>
            {t(words.reload)}
          </button>
        </div>
      )}
      {message && (
        <div className="banner">
          <Icon name="offline" size={16} />
          {t(message)}
        </div>
      )}
    </div>
  );
}
