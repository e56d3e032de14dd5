import { defineRefusal } from '#kernel/command/refusal.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';

const contact = text('请联系系统管理员。', 'Ask the administrator.');

// Log-in. One answer for a wrong password, an unknown, an inactive and a service log-in: it gives nothing away.
export const signInRefused = defineRefusal({
  code: 'access/sign-in-refused',
  status: 401,
  text: text('登录名或密码不正确。', 'The login or the password is not right.'),
  wayOut: text(
    '请重新输入；连续输错 5 次将暂时锁定。忘记密码请联系系统管理员。',
    'Try again; five wrong attempts lock the login for a while. The administrator can issue a new password.',
  ),
});
export const lockedOut = defineRefusal<{ minutes: number }>({
  code: 'access/locked-out',
  rule: '21 CFR 11.300(d)',
  status: 429,
  text: text('输错次数过多，该登录名暂时不能从这里登录。', 'Too many wrong attempts: this login is locked here for a while.'),
  wayOut: text(
    '请约 {minutes} 分钟后再试，或在您常用的电脑上登录，或请系统管理员解锁。',
    'Try again in about {minutes} minutes, sign in where you usually do, or ask the administrator to unlock it.',
  ),
});
export const tooManyRequests = defineRefusal<{ seconds: number }>({
  code: 'access/too-many-requests',
  status: 429,
  text: text('来自该地址的登录请求过于频繁。', 'Too many log-in requests come from this address.'),
  wayOut: text('请 {seconds} 秒后再试。', 'Try again in {seconds} seconds.'),
});
export const challengeLapsed = defineRefusal({
  code: 'access/challenge-lapsed',
  status: 401,
  text: text('验证已超时。', 'The second step took too long.'),
  wayOut: text('请重新输入登录名和密码。', 'Start again with login and password.'),
});
export const codeRefused = defineRefusal({
  code: 'access/code-refused',
  status: 401,
  text: text('动态口令不正确，或已经用过。', 'The code is not right, or was used before.'),
  wayOut: text('请等待验证器显示新口令后再输入，或使用恢复码。', 'Wait for the next code of your authenticator, or use a recovery code.'),
});
export const singleSignOnRefused = defineRefusal<{ reason: LocalText }>({
  code: 'access/single-sign-on-refused',
  status: 401,
  text: text('单点登录未成功：{reason}', 'Single sign-on did not succeed: {reason}'),
  wayOut: contact,
});
export const singleSignOnIsOff = defineRefusal({
  code: 'access/single-sign-on-is-off',
  status: 404,
  text: text('未启用单点登录。', 'Single sign-on is not set up.'),
  wayOut: text(
    '请使用登录名和密码登录；启用方法见运维手册中的 OIDC 设置。',
    'Use login and password; the OIDC settings are in the operations guide.',
  ),
});
export const setupLinkIsNotValid = defineRefusal({
  code: 'access/setup-link-is-not-valid',
  status: 403,
  text: text('首次设置链接无效、已使用或已过期。', 'The setup link is not valid, was used or has lapsed.'),
  wayOut: text(
    '请重新启动服务器，使用其显示的新链接（24 小时内有效）。',
    'Start the server again and use the new link it prints (valid for 24 hours).',
  ),
});

// Own account.
export const passwordIsWeak = defineRefusal<{ problem: LocalText }>({
  code: 'access/password-is-weak',
  rule: 'OWASP ASVS 2.1',
  text: text('新密码强度不足：{problem}', 'The new password is too weak: {problem}'),
  wayOut: text('请使用至少 12 个字符，例如几个不相关的词。', 'Use at least 12 characters, for example a few unrelated words.'),
});
export const passwordIsTheSame = defineRefusal({
  code: 'access/password-is-the-same',
  text: text('新密码与当前密码相同。', 'The new password is the current one.'),
  wayOut: text('请换一个密码。', 'Choose another one.'),
});
export const passwordIsWrong = defineRefusal({
  code: 'access/password-is-wrong',
  text: text('当前密码不正确。', 'The current password is not right.'),
  wayOut: text('请重新输入；连续输错 5 次将暂时锁定。', 'Try again; five wrong attempts lock the login for a while.'),
});
export const noPassword = defineRefusal({
  code: 'access/no-password',
  status: 409,
  text: text('该账户没有密码，使用单点登录。', 'This account has no password; it signs in by single sign-on.'),
  wayOut: text('如需密码，请系统管理员签发。', 'The administrator can issue one.'),
});
export const secondFactorIsOn = defineRefusal({
  code: 'access/second-factor-is-on',
  status: 409,
  text: text('第二因素已启用。', 'The second factor is already on.'),
  wayOut: text('如需更换，请先停用。', 'Turn it off first to change it.'),
});
export const secondFactorIsNotStarted = defineRefusal({
  code: 'access/second-factor-is-not-started',
  status: 409,
  text: text('尚未绑定第二因素。', 'No second factor is enrolled.'),
  wayOut: text('请先扫描二维码绑定。', 'Enrol one first by scanning the QR code.'),
});
export const onlyPeople = defineRefusal({
  code: 'access/only-people',
  status: 403,
  text: text('服务账户不能执行此操作。', 'A service user cannot do this.'),
  wayOut: text('请由本人登录后操作。', 'A person has to do it, signed in as themselves.'),
});
export const sessionIsUnknown = defineRefusal({
  code: 'access/session-is-unknown',
  status: 404,
  text: text('没有这个会话，或已经结束。', 'There is no such session, or it has ended.'),
  wayOut: text('请刷新列表。', 'Reload the list.'),
});

// Electronic signature.
export const signatureNeedsPassword = defineRefusal({
  code: 'access/signature-needs-password',
  rule: 'R-089',
  status: 428,
  text: text('电子签名需要输入您的密码。', 'An electronic signature needs your password.'),
  wayOut: text('请输入密码后签名。', 'Type your password and sign.'),
});
export const signatureNeedsCode = defineRefusal({
  code: 'access/signature-needs-code',
  rule: '21 CFR 11.200',
  status: 428,
  text: text('本次会话的首次签名需要动态口令。', 'The first signature of a session needs the code of your second factor too.'),
  wayOut: text('请输入验证器显示的 6 位口令。', 'Type the six digits of your authenticator.'),
});
export const signatureRefused = defineRefusal({
  code: 'access/signature-refused',
  rule: 'R-089',
  status: 403,
  text: text('签名验证未通过：密码或动态口令不正确。', 'The signature was not accepted: password or code is not right.'),
  wayOut: text('请重新输入；连续输错 5 次将锁定该登录名。', 'Try again; five wrong attempts lock the login.'),
});
export const nothingToSignWith = defineRefusal({
  code: 'access/nothing-to-sign-with',
  rule: '21 CFR 11.200',
  status: 403,
  text: text('您的账户既没有密码也没有第二因素，无法签名。', 'Your account has neither password nor second factor to sign with.'),
  wayOut: text(
    '请在“我的账户”绑定第二因素，或请系统管理员签发密码。',
    'Enrol a second factor in My account, or ask the administrator for a password.',
  ),
});

// Users, roles, grants.
export const onlyPermissionAdministratorsGrant = defineRefusal({
  code: 'access/only-permission-administrators-grant',
  rule: 'ORG-02',
  status: 403,
  text: text('只有权限管理员可以授予、收回或修改角色。', 'Only permission administrators give, withdraw or change roles.'),
  wayOut: text('请由权限管理员操作。', 'Ask a permission administrator.'),
});
export const grantIsBeyondOwnScope = defineRefusal({
  code: 'access/grant-is-beyond-own-scope',
  status: 403,
  text: text('您只能在自己管理的公司范围内授予角色。', 'You may grant roles only inside the companies you administer.'),
  wayOut: text('请限定公司，或由集团权限管理员操作。', 'Limit the grant to a company, or ask an administrator of the group.'),
});
export const nobodyGrantsToThemselves = defineRefusal({
  code: 'access/nobody-grants-to-themselves',
  rule: 'ORG-07',
  status: 403,
  text: text('不能给自己授予角色，也不能扩大自己所持角色的权限。', 'Nobody gives a role to themselves or widens a role they hold.'),
  wayOut: text('请由另一位权限管理员操作。', 'Another permission administrator has to do it.'),
});
export const dutiesAreSeparate = defineRefusal<{ first: LocalText; second: LocalText; reason: LocalText; permissions: string }>({
  code: 'access/duties-are-separate',
  rule: 'ORG-07',
  status: 409,
  text: text(
    '角色“{first}”与“{second}”不能由同一人持有（{permissions}）：{reason}',
    'One person may not hold “{first}” and “{second}” ({permissions}): {reason}',
  ),
  wayOut: text('请去掉其中一个角色，或交由另一人承担。', 'Drop one of the two, or give it to somebody else.'),
});
export const lastAdministratorStays = defineRefusal({
  code: 'access/last-administrator-stays',
  rule: 'ORG-02',
  status: 409,
  text: text(
    '这是最后一位可管理用户与权限的人员，去除后系统将无人管理。',
    'This is the last person who can administer users and permissions.',
  ),
  wayOut: text('请先授权另一位权限管理员。', 'Make somebody else a permission administrator first.'),
});
export const identityIsForLife = defineRefusal<{ field: LocalText }>({
  code: 'access/identity-is-for-life',
  rule: '21 CFR 11.100',
  status: 409,
  text: text('{field}自建立起不可更改：签名与记录以其为准。', '{field} never changes: signatures and records rest on it.'),
  wayOut: text('请停用该账户并新建账户。', 'Deactivate the account and create another one.'),
});
export const permissionIsUnknown = defineRefusal<{ permission: string }>({
  code: 'access/permission-is-unknown',
  text: text('没有名为“{permission}”的权限。', 'There is no permission “{permission}”.'),
  wayOut: text('请在权限矩阵中选择。', 'Choose one from the permission matrix.'),
});
export const serviceUsersHaveNoLogin = defineRefusal({
  code: 'access/service-users-have-no-log-in',
  status: 409,
  text: text('服务账户不能登录，也没有密码。', 'A service user does not sign in and has no password.'),
  wayOut: text('请为其创建 API 密钥。', 'Create an API key for it.'),
});
export const apiKeysAreForServiceUsers = defineRefusal({
  code: 'access/api-keys-are-for-service-users',
  status: 409,
  text: text('API 密钥只能发给启用中的服务账户。', 'API keys are for active service users only.'),
  wayOut: text('请先建立服务账户并授予角色。', 'Create a service user first and give it a role.'),
});
export const userIsUnknown = defineRefusal({
  code: 'access/user-is-unknown',
  status: 404,
  text: text('没有这个用户。', 'There is no such user.'),
  wayOut: text('请从用户列表中选择。', 'Choose one from the list of users.'),
});
export const apiKeyIsUnknown = defineRefusal({
  code: 'access/api-key-is-unknown',
  status: 404,
  text: text('没有这个 API 密钥，或已吊销。', 'There is no such API key, or it was revoked.'),
  wayOut: text('请刷新列表。', 'Reload the list.'),
});
export const ownCredentialsElsewhere = defineRefusal({
  code: 'access/own-credentials-elsewhere',
  rule: '21 CFR 11.300',
  status: 409,
  text: text('不能为自己签发密码、重置第二因素或解锁。', 'Nobody issues a password, resets a factor or unlocks for themselves.'),
  wayOut: text('请在“我的账户”操作，或由另一位管理员操作。', 'Use My account, or ask another administrator.'),
});

// Substitutes.
export const substituteIsNotFit = defineRefusal({
  code: 'access/substitute-is-not-fit',
  text: text('代理人须是另一位在用的人员。', 'A substitute is another active person.'),
  wayOut: text('请核对登录名。', 'Check the login.'),
});
export const onlyOwnSubstitute = defineRefusal({
  code: 'access/only-own-substitute',
  status: 403,
  text: text('您只能为自己指定或结束代理。', 'You may name or end a substitute only for yourself.'),
  wayOut: contact,
});
export const substitutionIsUnknown = defineRefusal({
  code: 'access/substitution-is-unknown',
  status: 404,
  text: text('没有这个代理安排，或已结束。', 'There is no such substitution, or it has ended.'),
  wayOut: text('请刷新列表。', 'Reload the list.'),
});
export const substitutionEndsAfterItBegins = defineRefusal({
  code: 'access/substitution-ends-after-it-begins',
  text: text('代理截止日期早于开始日期，或已经过去。', 'The substitution ends before it begins, or is already over.'),
  wayOut: text('请更正日期。', 'Correct the days.'),
});

// Constraints of the database.
export const loginIsUsedOnce = defineRefusal({
  code: 'access/login-is-used-once',
  rule: '21 CFR 11.100',
  status: 409,
  text: text(
    '该登录名已被使用（停用账户的登录名也不再发放）。',
    'This login is taken; a log-in of a deactivated account is never given out again.',
  ),
  wayOut: text('请换一个登录名。', 'Choose another login.'),
});
export const userEmailIsUsedOnce = defineRefusal({
  code: 'access/user-email-is-used-once',
  status: 409,
  text: text('该电子邮箱已属于另一位用户。', 'Another user has this e-mail address.'),
  wayOut: text('请换一个邮箱。', 'Give another address.'),
});
export const roleCodeIsUsedOnce = defineRefusal({
  code: 'access/role-code-is-used-once',
  status: 409,
  text: text('该角色代码已被使用。', 'This role code is already used.'),
  wayOut: text('请换一个代码。', 'Choose another code.'),
});
export const grantEndsAfterItBegins = defineRefusal({
  code: 'access/grant-ends-after-it-begins',
  text: text('授权截止日期早于开始日期。', 'The grant ends before it begins.'),
  wayOut: text('请更正日期。', 'Correct the days.'),
});

export const refusals = [
  signInRefused,
  lockedOut,
  tooManyRequests,
  challengeLapsed,
  codeRefused,
  singleSignOnRefused,
  singleSignOnIsOff,
  setupLinkIsNotValid,
  passwordIsWeak,
  passwordIsTheSame,
  passwordIsWrong,
  noPassword,
  secondFactorIsOn,
  secondFactorIsNotStarted,
  onlyPeople,
  sessionIsUnknown,
  signatureNeedsPassword,
  signatureNeedsCode,
  signatureRefused,
  nothingToSignWith,
  onlyPermissionAdministratorsGrant,
  grantIsBeyondOwnScope,
  nobodyGrantsToThemselves,
  dutiesAreSeparate,
  lastAdministratorStays,
  identityIsForLife,
  permissionIsUnknown,
  serviceUsersHaveNoLogin,
  apiKeysAreForServiceUsers,
  userIsUnknown,
  apiKeyIsUnknown,
  ownCredentialsElsewhere,
  substituteIsNotFit,
  onlyOwnSubstitute,
  substitutionIsUnknown,
  substitutionEndsAfterItBegins,
  loginIsUsedOnce,
  userEmailIsUsedOnce,
  roleCodeIsUsedOnce,
  grantEndsAfterItBegins,
];
