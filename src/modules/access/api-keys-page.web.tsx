import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber, Modal, Select, Table } from 'antd';
import { useMemo, useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { call } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ReasonDialog } from '#ui/common/reason-dialog.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { EmptyState } from '#ui/common/states.web.tsx';
import { InstantText } from '#ui/common/values.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { getProduct } from '#ui/product.web.ts';
import './access.css';
import { createApiKey, listApiKeys, revokeApiKey } from './administration-operations.ts';
import { Labelled } from './labelled.web.tsx';
import { OneTimeSecret } from './one-time-secret.web.tsx';
import { permissionCatalogue } from './permission-catalogue.ts';

type Keys = OperationOutput<typeof listApiKeys>;
type Key = Keys['keys'][number];

const words = {
  actions: text('操作', 'Actions'),
  title: text('API 密钥', 'API keys'),
  create: text('新建密钥', 'Create a key'),
  name: text('用途', 'Purpose'),
  user: text('服务账户', 'Service user'),
  prefix: text('开头', 'Begins with'),
  scopes: text('权限范围', 'Scopes'),
  scopesHint: text('在该账户已有权限之内再作限定；* 表示不再限定。', 'Narrows what the user holds; * narrows nothing.'),
  days: text('有效天数', 'Days valid'),
  expires: text('到期', 'Expires'),
  used: text('最近使用', 'Last used'),
  state: text('状态', 'State'),
  active: text('有效', 'Active'),
  revoked: text('已吊销', 'Revoked'),
  lapsed: text('已到期', 'Lapsed'),
  revoke: text('吊销', 'Revoke'),
  revokeBody: text('使用该密钥的程序立即失去访问权限。', 'Programs that use this key lose access at once.'),
  cancel: text('返回', 'Back'),
  shown: text('新密钥', 'The new key'),
  shownHint: text(
    '密钥只显示这一次，请存入对方系统的保密设置。',
    'The key is shown this once. Put it into the secret settings of the other system.',
  ),
  none: text('还没有 API 密钥', 'No API keys yet'),
  noneHint: text('先在“用户”中建立服务账户并授予角色，再为它创建密钥。', 'Create a service user with a role first, then a key for it.'),
};

const empty = { userId: '', name: '', scopes: ['*'] as string[], days: 90 };

function CreateDialog({
  serviceUsers,
  onCreated,
  onCancel,
}: {
  serviceUsers: Keys['serviceUsers'];
  onCreated: (token: string) => void;
  onCancel: () => void;
}) {
  const { t } = useLocale();
  const [given, setGiven] = useState(empty);
  const scopeOptions = useMemo(
    () =>
      permissionCatalogue(getProduct().modules).map((p) => {
        const label = `${t(p.group)} · ${t(p.label)}`;
        return { value: p.name, label, search: `${p.name} ${label}` };
      }),
    [t],
  );
  const create = useMutation({ mutationFn: () => call(createApiKey, { body: given }), onSuccess: ({ token }) => onCreated(token) });
  const isReady = given.userId !== '' && given.name.trim() !== '' && given.scopes.length > 0;
  return (
    <Modal
      open
      title={t(words.create)}
      okText={t(words.create)}
      cancelText={t(words.cancel)}
      okButtonProps={{ disabled: !isReady }}
      confirmLoading={create.isPending}
      onOk={() => create.mutate()}
      onCancel={onCancel}
    >
      <Labelled label={words.user} isRequired>
        {(id) => (
          <Select
            id={id}
            style={{ width: '100%' }}
            value={given.userId || null}
            onChange={(userId: string) => setGiven({ ...given, userId })}
            options={serviceUsers.map((u) => ({ value: u.id, label: `${u.name} (${u.login})` }))}
          />
        )}
      </Labelled>
      <Labelled label={words.name} isRequired>
        {(id) => <Input id={id} maxLength={100} value={given.name} onChange={(e) => setGiven({ ...given, name: e.target.value })} />}
      </Labelled>
      <Labelled label={words.scopes} hint={words.scopesHint} isRequired>
        {(id) => (
          <Select
            id={id}
            mode="tags"
            options={scopeOptions}
            optionFilterProp="search"
            style={{ width: '100%' }}
            tokenSeparators={[',', ' ']}
            value={given.scopes}
            onChange={(scopes: string[]) => setGiven({ ...given, scopes })}
          />
        )}
      </Labelled>
      <Labelled label={words.days} isRequired>
        {(id) => (
          <InputNumber
            id={id}
            min={1}
            max={366}
            precision={0}
            value={given.days}
            onChange={(days) => setGiven({ ...given, days: days ?? 90 })}
          />
        )}
      </Labelled>
      {create.error && <ErrorPanel error={create.error} takesFocus />}
    </Modal>
  );
}

function KeyState({ apiKey }: { apiKey: Key }) {
  if (apiKey.revokedAt) return <Chip tone="refused" label={words.revoked} />;
  return Date.parse(apiKey.expiresAt) < Date.now() ? <Chip tone="draft" label={words.lapsed} /> : <Chip tone="good" label={words.active} />;
}

/** Keys of service users: create (shown once), see their use, revoke. */
export function ApiKeysPage() {
  const { t } = useLocale();
  const [isCreating, setCreating] = useState(false);
  const [token, setToken] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<Key | null>(null);
  const list = useQuery({ queryKey: ['api-keys'], queryFn: () => call(listApiKeys) });
  const revoke = useMutation({
    mutationFn: ({ keyId, reason }: { keyId: string; reason: string }) => call(revokeApiKey, { params: { keyId }, body: { reason } }),
    onSettled: () => {
      setRevoking(null);
      void list.refetch();
    },
  });
  return (
    <div className="page">
      <PageHeader
        title={t(words.title)}
        actions={
          <Button type="primary" onClick={() => setCreating(true)}>
            {t(words.create)}
          </Button>
        }
      />
      {(list.error ?? revoke.error) && <ErrorPanel error={list.error ?? revoke.error} />}
      <section className="card access-table">
        <Table<Key>
          size="small"
          rowKey="keyId"
          loading={list.isPending}
          dataSource={list.data?.keys ?? []}
          pagination={{ pageSize: 50, hideOnSinglePage: true }}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: <EmptyState icon="key" title={words.none} hint={words.noneHint} /> }}
          columns={[
            { title: t(words.name), dataIndex: 'name' },
            { title: t(words.user), dataIndex: 'userName' },
            { title: t(words.prefix), dataIndex: 'prefix', render: (prefix: string) => <code>{prefix}…</code> },
            {
              title: t(words.scopes),
              dataIndex: 'scopes',
              render: (scopes: string[]) => (
                <span title={scopes.join('\n')}>
                  {scopes.slice(0, 3).join(', ')}
                  {scopes.length > 3 && ` +${scopes.length - 3}`}
                </span>
              ),
            },
            { title: t(words.expires), dataIndex: 'expiresAt', render: (at: string) => <InstantText at={at} isExact /> },
            { title: t(words.used), dataIndex: 'lastUsedAt', render: (at: string | null) => <InstantText at={at} /> },
            { title: t(words.state), key: 'state', render: (_, key) => <KeyState apiKey={key} /> },
            {
              key: 'revoke',
              title: <span className="visually-hidden">{t(words.actions)}</span>,
              render: (_, key) =>
                !key.revokedAt && (
                  <Button size="small" danger onClick={() => setRevoking(key)}>
                    {t(words.revoke)}
                  </Button>
                ),
            },
          ]}
        />
      </section>
      {isCreating && (
        <CreateDialog
          serviceUsers={list.data?.serviceUsers ?? []}
          onCancel={() => setCreating(false)}
          onCreated={(made) => {
            setCreating(false);
            setToken(made);
            void list.refetch();
          }}
        />
      )}
      {token && <OneTimeSecret title={words.shown} hint={words.shownHint} secret={token} onClose={() => setToken(null)} />}
      <ReasonDialog
        isOpen={revoking !== null}
        title={words.revoke}
        body={words.revokeBody}
        confirm={words.revoke}
        reason="required"
        isDangerous
        isBusy={revoke.isPending}
        onCancel={() => setRevoking(null)}
        onConfirm={(reason) => revoking && reason && revoke.mutate({ keyId: revoking.keyId, reason })}
      />
    </div>
  );
}
