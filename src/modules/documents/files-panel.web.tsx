import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown, Form, Input, Modal, Progress } from 'antd';
import { useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { call, newKey, urlOf } from '#ui/client.web.ts';
import { ReasonDialog } from '#ui/common/reason-dialog.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { EmptyState, RowsSkeleton } from '#ui/common/states.web.tsx';
import { DateText, InstantText } from '#ui/common/values.web.tsx';
import { useToday } from '#ui/document/today.web.ts';
import { formatBytes } from '#ui/format.ts';
import { Icon } from '#ui/icon.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { DropZone } from './drop-zone.web.tsx';
import { addFile, downloadFile, listFiles, removeFile, type AttachmentWire } from './operations.ts';
import { sendFile } from './upload.web.ts';

const words = {
  add: text('拖放文件到这里，或点击选择', 'Drop files here, or click to choose'),
  addHint: text('PDF、图片、Office、OFD，单个不超过 50 MB', 'PDF, pictures, Office, OFD; up to 50 MB each'),
  none: text('还没有文件', 'No files yet'),
  noneHint: text('证照、合同、检验报告等附在这里，随记录一起查阅。', 'Licences, contracts and reports belong here, with the record.'),
  details: text('文件信息', 'About the file'),
  type: text('种类', 'Kind'),
  typeHint: text('例如：注册证、检验报告', 'e.g. registration certificate, test report'),
  number: text('证号 / 编号', 'Number'),
  validFrom: text('有效期自', 'Valid from'),
  validTo: text('有效期至', 'Valid until'),
  note: text('说明', 'Note'),
  upload: text('上传', 'Upload'),
  back: text('返回', 'Back'),
  open: text('在新标签页查看', 'Open in a new tab'),
  save: text('下载', 'Download'),
  remove: text('移除', 'Remove'),
  removeTitle: text('移除文件', 'Remove the file'),
  removeBody: text(
    '文件不再随记录显示，移除人、时间和原因留在历史里。',
    'It no longer shows with the record; who removed it, when and why stays in history.',
  ),
  more: text('「{name}」的操作', 'Actions for {name}'),
  removed: text('{name}移除：{reason}', 'removed by {name}: {reason}'),
  lapsed: text('已过期', 'lapsed'),
  showRemoved: text('显示已移除的 {count} 个', 'Show {count} removed'),
};

interface Details {
  readonly type?: string;
  readonly number?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly note?: string;
}

interface Sending {
  readonly name: string;
  readonly part: number;
}

/** Sends files one after the other; stops at the first that is refused and says why. */
function useUpload(id: string) {
  const queries = useQueryClient();
  const [sending, setSending] = useState<Sending | null>(null);
  const [error, setError] = useState<unknown>(null);
  const send = async (files: readonly File[], details: Details) => {
    setError(null);
    try {
      for (const file of files) {
        const url = urlOf(addFile, { params: { recordId: id }, query: { name: file.name, ...details } });
        await sendFile(url, file, (part) => setSending({ name: file.name, part }));
      }
    } catch (e) {
      setError(e);
    } finally {
      setSending(null);
      void queries.invalidateQueries({ queryKey: ['files', id] });
    }
  };
  return { send, sending, error };
}

/** Files of a record: add by dropping, look, save, remove with a reason. */
export function FilesPanel({ id }: { readonly kind: string; readonly id: string }) {
  const { t } = useLocale();
  const files = useQuery({ queryKey: ['files', id], queryFn: () => call(listFiles, { params: { recordId: id } }) });
  const { send, sending, error } = useUpload(id);
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const [showsRemoved, setShowsRemoved] = useState(false);
  const items = files.data?.items ?? [];
  const present = items.filter((f) => f.removed === null);
  const removed = items.filter((f) => f.removed !== null);
  return (
    <div className="rail-files">
      {files.data?.canAdd && <DropZone label={words.add} hint={words.addHint} isMany isBusy={sending !== null} onFiles={setChosen} />}
      {sending && (
        <div className="rail-sending" role="status">
          <span>{sending.name}</span>
          <Progress percent={Math.round(sending.part * 100)} size="small" aria-label={sending.name} />
        </div>
      )}
      {(error ?? files.error) !== null && <ErrorPanel error={error ?? files.error} />}
      {files.isPending && !files.error && <RowsSkeleton rows={3} />}
      {files.isSuccess && items.length === 0 && <EmptyState icon="file" title={words.none} hint={words.noneHint} />}
      <ul className="rail-list">
        {present.map((file) => (
          <FileRow key={file.id} file={file} recordId={id} canRemove={files.data?.canRemove ?? false} />
        ))}
      </ul>
      {removed.length > 0 && !showsRemoved && (
        <button type="button" className="link-button" onClick={() => setShowsRemoved(true)}>
          {t(words.showRemoved, { count: removed.length })}
        </button>
      )}
      {showsRemoved && (
        <ul className="rail-list">
          {removed.map((file) => (
            <FileRow key={file.id} file={file} recordId={id} canRemove={false} />
          ))}
        </ul>
      )}
      <DetailsDialog
        files={chosen}
        onClose={() => setChosen([])}
        onSend={(details) => {
          setChosen([]);
          void send(chosen, details);
        }}
      />
    </div>
  );
}

/** Asks what the files are before they go: a licence without number and validity helps nobody later. */
function DetailsDialog({ files, onClose, onSend }: { files: readonly File[]; onClose: () => void; onSend: (details: Details) => void }) {
  const { t } = useLocale();
  const [form] = Form.useForm<Details>();
  return (
    <Modal
      open={files.length > 0}
      title={t(words.details)}
      okText={t(words.upload)}
      cancelText={t(words.back)}
      onCancel={onClose}
      destroyOnHidden
      onOk={() => form.submit()}
    >
      <p className="dialog-words">{files.map((f) => f.name).join('、')}</p>
      <Form
        form={form}
        layout="vertical"
        preserve={false}
        onFinish={(values) => onSend(Object.fromEntries(Object.entries(values).filter(([, v]) => v)))}
      >
        <div className="details-grid">
          <Form.Item name="type" label={t(words.type)} extra={t(words.typeHint)}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="number" label={t(words.number)}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="validFrom" label={t(words.validFrom)}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="validTo" label={t(words.validTo)}>
            <Input type="date" />
          </Form.Item>
        </div>
        <Form.Item name="note" label={t(words.note)}>
          <Input maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function FileRow({ file, recordId, canRemove }: { file: AttachmentWire; recordId: string; canRemove: boolean }) {
  const { t, locale } = useLocale();
  const today = useToday();
  const save = urlOf(downloadFile, { params: { fileId: file.id } });
  const show = urlOf(downloadFile, { params: { fileId: file.id }, query: { inline: 'true' } });
  const isLapsed = file.validTo !== null && file.validTo < today;
  return (
    <li className={file.removed ? 'rail-file is-removed' : 'rail-file'}>
      <Icon name="file" size={17} />
      <div className="rail-file-words">
        {file.removed ? (
          <span>{file.name}</span>
        ) : (
          <a
            href={file.isShownInline ? show : save}
            {...(file.isShownInline ? { target: '_blank', rel: 'noreferrer' } : { download: file.name })}
          >
            {file.name}
          </a>
        )}
        <p className="secondary">{[file.type, file.number, formatBytes(file.size, locale)].filter(Boolean).join(' · ')}</p>
        {file.validTo && (
          <p className={isLapsed ? 'overdue' : 'secondary'}>
            {t(words.validTo)} <DateText day={file.validTo} />
            {isLapsed && ` ${t(words.lapsed)}`}
          </p>
        )}
        {file.note && <p className="secondary">{file.note}</p>}
        <p className="secondary">
          {file.uploadedBy.name} · <InstantText at={file.uploadedAt} />
        </p>
        {file.removed && (
          <p className="secondary">
            {t(words.removed, { name: file.removed.by.name, reason: file.removed.reason })} · <InstantText at={file.removed.at} />
          </p>
        )}
      </div>
      {!file.removed && <FileMenu file={file} recordId={recordId} save={save} show={show} canRemove={canRemove} />}
    </li>
  );
}

function FileMenu({
  file,
  recordId,
  save,
  show,
  canRemove,
}: {
  file: AttachmentWire;
  recordId: string;
  save: string;
  show: string;
  canRemove: boolean;
}) {
  const { t } = useLocale();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const remove = async (reason: string) => {
    try {
      await call(removeFile, { params: { fileId: file.id }, body: { reason } }, { key: newKey() });
      setIsAsking(false);
      void queries.invalidateQueries({ queryKey: ['files', recordId] });
    } catch (e) {
      setIsAsking(false);
      setError(e);
    }
  };
  const items = [
    ...(file.isShownInline
      ? [
          {
            key: 'open',
            label: (
              <a href={show} target="_blank" rel="noreferrer">
                {t(words.open)}
              </a>
            ),
          },
        ]
      : []),
    {
      key: 'save',
      label: (
        <a href={save} download={file.name}>
          {t(words.save)}
        </a>
      ),
    },
    ...(canRemove ? [{ key: 'remove', danger: true, label: t(words.remove), onClick: () => setIsAsking(true) }] : []),
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button type="text" size="small" aria-label={t(words.more, { name: file.name })}>
          ⋯
        </Button>
      </Dropdown>
      {error !== null && <ErrorPanel error={error} />}
      <ReasonDialog
        isOpen={isAsking}
        title={words.removeTitle}
        body={words.removeBody}
        confirm={words.remove}
        reason="required"
        isDangerous
        onCancel={() => setIsAsking(false)}
        onConfirm={(reason) => void remove(reason ?? '')}
      />
    </>
  );
}
