import { useMutation, useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { text, type Locale } from '#kernel/i18n/text.ts';
import { call } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { PageSkeleton } from '#ui/common/states.web.tsx';
import { DateText } from '#ui/common/values.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { localePreference } from '#ui/preferences.web.ts';
import { useSession } from '#ui/session.web.ts';
import type { OperationOutput } from '#kernel/http/operation.ts';
import './access.css';
import { Card } from './labelled.web.tsx';
import { getAccount, mySessions, revokeMySession, setLocale } from './operations.ts';
import { PasswordCard } from './password-card.web.tsx';
import { SecondFactorCard } from './second-factor-card.web.tsx';
import { SessionList } from './session-list.web.tsx';
import { SubstituteCard } from './substitute-card.web.tsx';

type Account = OperationOutput<typeof getAccount>;

const words = {
  title: text('我的账户', 'My account'),
  person: text('个人', 'Person'),
  login: text('登录名', 'Login'),
  name: text('姓名', 'Name'),
  email: text('电子邮箱', 'E-mail'),
  language: text('语言', 'Language'),
  linked: text('单点登录', 'Single sign-on'),
  roles: text('我的角色', 'My roles'),
  all: text('全部公司', 'All companies'),
  until: text('至', 'until'),
  noRole: text('尚未授予角色，请联系权限管理员。', 'No role is granted yet; ask your permission administrator.'),
  sessions: text('登录会话', 'Sessions'),
};

function PersonCard({ user, singleSignOn }: Pick<Account, 'user' | 'singleSignOn'>) {
  const { t, locale } = useLocale();
  const choose = (next: Locale) => {
    localePreference.set(next);
    void call(setLocale, { body: { locale: next } }).catch(() => undefined);
  };
  return (
    <Card title={words.person}>
      <dl className="access-facts">
        <dt>{t(words.name)}</dt>
        <dd>{user.name}</dd>
        <dt>{t(words.login)}</dt>
        <dd>{user.login}</dd>
        <dt>{t(words.email)}</dt>
        <dd>{user.email ?? '–'}</dd>
        {singleSignOn.map(({ issuer }) => [<dt key={`${issuer} t`}>{t(words.linked)}</dt>, <dd key={issuer}>{issuer}</dd>])}
        <dt>{t(words.language)}</dt>
        <dd>
          <Segmented<Locale>
            aria-label={t(words.language)}
            value={locale}
            onChange={choose}
            options={[
              { label: '中文', value: 'zh-CN' },
              { label: 'English', value: 'en' },
            ]}
          />
        </dd>
      </dl>
    </Card>
  );
}

function RolesCard({ roles }: Pick<Account, 'roles'>) {
  const { t } = useLocale();
  const { entities } = useSession();
  const company = (id: string | null) => {
    if (id === null) return t(words.all);
    const entity = entities.find((e) => e.id === id);
    return entity ? t(text(entity.nameZh, entity.nameEn)) : id;
  };
  return (
    <Card title={words.roles}>
      {roles.length === 0 && <p className="secondary">{t(words.noRole)}</p>}
      <dl className="access-facts">
        {roles.map((role, at) => [
          <dt key={`${at} role`}>{t(role.name)}</dt>,
          <dd key={`${at} scope`}>
            {company(role.entityId)}
            {role.validUntil && (
              <>
                {' '}
                · {t(words.until)} <DateText day={role.validUntil} />
              </>
            )}
          </dd>,
        ])}
      </dl>
    </Card>
  );
}

function SessionsCard() {
  const sessions = useQuery({ queryKey: ['my-sessions'], queryFn: () => call(mySessions) });
  const end = useMutation({
    mutationFn: (sessionId: string) => call(revokeMySession, { params: { sessionId } }),
    onSettled: () => sessions.refetch(),
  });
  return (
    <div className="access-wide">
      <Card title={words.sessions}>
        {(sessions.error ?? end.error) && <ErrorPanel error={sessions.error ?? end.error} />}
        <SessionList sessions={sessions.data?.sessions ?? []} isBusy={end.isPending} onEnd={(id) => end.mutate(id)} />
      </Card>
    </div>
  );
}

/** What a person sees and changes of their own account. */
export function AccountPage() {
  const { t } = useLocale();
  const account = useQuery({ queryKey: ['account'], queryFn: () => call(getAccount) });
  if (account.error)
    return (
      <div className="page">
        <PageHeader title={t(words.title)} />
        <ErrorPanel error={account.error} />
      </div>
    );
  if (!account.data) return <PageSkeleton />;
  const { user, singleSignOn, roles, hasPassword, passwordChangedAt, hasSecondFactor, recoveryCodesLeft } = account.data;
  const refresh = () => void account.refetch();
  return (
    <div className="page">
      <PageHeader title={t(words.title)} />
      <div className="access-cards">
        <PersonCard user={user} singleSignOn={singleSignOn} />
        <RolesCard roles={roles} />
        <PasswordCard hasPassword={hasPassword} changedAt={passwordChangedAt} onChanged={refresh} />
        <SecondFactorCard isOn={hasSecondFactor} recoveryCodesLeft={recoveryCodesLeft} onChanged={refresh} />
        <SessionsCard />
        <div className="access-wide">
          <SubstituteCard />
        </div>
      </div>
    </div>
  );
}
