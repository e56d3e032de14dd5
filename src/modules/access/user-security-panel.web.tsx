import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { call } from '#ui/client.web.ts';
import { ReasonDialog } from '#ui/common/reason-dialog.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { RowsSkeleton } from '#ui/common/states.web.tsx';
import { InstantText } from '#ui/common/values.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { useCan, useSession } from '#ui/session.web.ts';
import type { DocumentPanelProps } from '#ui/web-module.web.tsx';
import './access.css';
import { issuePassword, resetSecondFactor, revokeUserSessions, unlockUser, userSecurity } from './administration-operations.ts';
import { deviceOf } from './device.ts';
import { OneTimeSecret } from './one-time-secret.web.tsx';
import { permissions } from './permissions.ts';

type Deed = 'revoke' | 'issue' | 'reset' | 'unlock';

const deeds: Record<Deed, { readonly label: LocalText; readonly body: LocalText; readonly permission: string }> = {
  revoke: {
    label: text('结束全部会话', 'End all sessions'),
    permission: permissions.manageSessions,
    body: text('该用户在所有设备上立即退出登录。', 'The user is signed out on every device at once.'),
  },
  issue: {
    label: text('签发初始密码', 'Issue a password'),
    permission: permissions.resetCredentials,
    body: text(
      '生成一次性密码，只显示一次；用户首次登录时必须修改。现有会话结束。',
      'Makes a one-time password, shown once, to be changed at the next log-in. Running sessions end.',
    ),
  },
  reset: {
    label: text('重置第二因素', 'Reset second factor'),
    permission: permissions.resetCredentials,
    body: text(
      '移除该用户的验证器与恢复码，请先核实本人身份。现有会话结束。',
      'Removes authenticator and recovery codes. Make sure it is the person who asks. Running sessions end.',
    ),
  },
  unlock: {
    label: text('解除锁定', 'Unlock'),
    permission: permissions.resetCredentials,
    body: text('清除连续输错的计数，用户可立即登录。', 'Clears the count of wrong attempts; the user can sign in at once.'),
  },
};

const words = {
  password: text('密码', 'Password'),
  factor: text('第二因素', 'Second factor'),
  locked: text('锁定至', 'Locked until'),
  sessions: text('会话', 'Sessions'),
  none: text('无', 'None'),
  set: text('已设置', 'Set'),
  must: text('须修改', 'To be changed'),
  on: text('已启用', 'On'),
  off: text('未启用', 'Off'),
  issued: text('初始密码', 'Initial password'),
  issuedHint: text('请以可靠方式交给本人，关闭后无法再次查看。', 'Hand it to the person in a safe way; it cannot be shown again.'),
};

function useDeeds(userId: string, onDone: (password: string | null) => void) {
  return useMutation({
    mutationFn: async ({ deed, reason }: { deed: Deed; reason: string }) => {
      const input = { params: { userId }, body: { reason } };
      switch (deed) {
        case 'issue':
          return (await call(issuePassword, input)).password;
        case 'revoke':
          await call(revokeUserSessions, input);
          return null;
        case 'reset':
          await call(resetSecondFactor, input);
          return null;
        case 'unlock':
          await call(unlockUser, input);
          return null;
      }
    },
    onSuccess: onDone,
  });
}

/** In the rail of a user: how they are recognised, their running sessions, and what an administrator may do about it. */
export function UserSecurityPanel({ answer }: DocumentPanelProps) {
  const { t } = useLocale();
  const may = useCan();
  const self = useSession().user.id;
  const userId = String(answer.document['id']);
  const isPerson = answer.document['accountKind'] === 'person';
  const [asked, setAsked] = useState<Deed | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const mayLook = may(permissions.manageSessions);
  const security = useQuery({
    queryKey: ['user-security', userId],
    queryFn: () => call(userSecurity, { params: { userId } }),
    enabled: mayLook && isPerson,
  });
  const run = useDeeds(userId, (password) => {
    setAsked(null);
    setSecret(password);
    void security.refetch();
  });
  if (!mayLook || !isPerson) return null;
  if (security.error) return <ErrorPanel error={security.error} />;
  if (!security.data) return <RowsSkeleton rows={3} />;
  const { hasPassword, mustChangePassword, hasSecondFactor, lockedUntil, sessions } = security.data;
  const passwordWord = hasPassword ? (mustChangePassword ? words.must : words.set) : words.none;
  const possible: Deed[] = [
    ...(sessions.length > 0 ? ['revoke' as const] : []),
    ...(userId === self
      ? []
      : ['issue' as const, ...(hasSecondFactor ? ['reset' as const] : []), ...(lockedUntil ? ['unlock' as const] : [])]),
  ];
  return (
    <>
      <dl className="access-facts">
        <dt>{t(words.password)}</dt>
        <dd>
          <Chip tone={mustChangePassword ? 'waiting' : hasPassword ? 'good' : 'draft'} label={passwordWord} />
        </dd>
        <dt>{t(words.factor)}</dt>
        <dd>
          <Chip tone={hasSecondFactor ? 'good' : 'draft'} label={hasSecondFactor ? words.on : words.off} />
        </dd>
        {lockedUntil && (
          <>
            <dt>{t(words.locked)}</dt>
            <dd className="overdue">
              <InstantText at={lockedUntil} isExact />
            </dd>
          </>
        )}
        <dt>{t(words.sessions)}</dt>
        <dd>
          {sessions.length === 0
            ? t(words.none)
            : sessions.map((s) => (
                <div key={s.sessionId}>
                  {deviceOf(s.userAgent) ?? '–'}{' '}
                  <span className="secondary">
                    {s.ip} · <InstantText at={s.lastSeenAt} />
                  </span>
                </div>
              ))}
        </dd>
      </dl>
      <div className="access-row">
        {possible
          .filter((deed) => may(deeds[deed].permission))
          .map((deed) => (
            <Button key={deed} size="small" danger={deed === 'reset' || deed === 'revoke'} onClick={() => setAsked(deed)}>
              {t(deeds[deed].label)}
            </Button>
          ))}
      </div>
      {run.error && <ErrorPanel error={run.error} takesFocus />}
      <ReasonDialog
        isOpen={asked !== null}
        title={deeds[asked ?? 'revoke'].label}
        body={deeds[asked ?? 'revoke'].body}
        confirm={deeds[asked ?? 'revoke'].label}
        reason="required"
        isBusy={run.isPending}
        onCancel={() => setAsked(null)}
        onConfirm={(reason) => asked && reason && run.mutate({ deed: asked, reason })}
      />
      {secret && <OneTimeSecret title={words.issued} hint={words.issuedHint} secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}
