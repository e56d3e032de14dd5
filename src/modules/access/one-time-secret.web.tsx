import { Button, Modal } from 'antd';
import { useState } from 'react';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { useLocale } from '#ui/locale.web.tsx';

const words = {
  copy: text('复制', 'Copy'),
  copied: text('已复制', 'Copied'),
  kept: text('已保管好，关闭', 'Kept, close'),
};

/** A secret that is shown this once: it cannot be asked for again. */
export function OneTimeSecret({
  title,
  hint,
  secret,
  onClose,
}: {
  title: LocalText;
  hint: LocalText;
  secret: string;
  onClose: () => void;
}) {
  const { t } = useLocale();
  const [isCopied, setCopied] = useState(false);
  return (
    <Modal
      open
      title={t(title)}
      onCancel={onClose}
      closable={false}
      maskClosable={false}
      keyboard={false}
      footer={[
        <Button key="copy" onClick={() => void navigator.clipboard.writeText(secret).then(() => setCopied(true))}>
          {t(isCopied ? words.copied : words.copy)}
        </Button>,
        <Button key="kept" type="primary" onClick={onClose}>
          {t(words.kept)}
        </Button>,
      ]}
    >
      <p className="dialog-words">{t(hint)}</p>
      <code className="access-secret">{secret}</code>
    </Modal>
  );
}
