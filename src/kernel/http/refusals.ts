import { defineRefusal } from '../command/refusal.ts';
import { text } from '../i18n/text.ts';

/** Refusals of the HTTP layer, before any module is asked. */
export const httpRefusals = {
  signInFirst: defineRefusal({
    code: 'access/sign-in-first',
    status: 401,
    text: text('请先登录', 'Please sign in first'),
    wayOut: text('登录后继续，未保存的内容仍在。', 'Sign in to go on; what you typed is kept.'),
  }),
  foreignOrigin: defineRefusal({
    code: 'access/foreign-origin',
    rule: 'OWASP ASVS 4.2.2',
    status: 403,
    text: text('请求来自其他网站，已拒绝', 'The request came from another site and was refused'),
    wayOut: text('请在本系统页面内操作，或使用 API 密钥。', 'Work inside the product’s pages, or use an API key.'),
  }),
  notFound: defineRefusal<{ path: string }>({
    code: 'http/not-found',
    status: 404,
    text: text('没有这个地址：{path}', 'There is no such address: {path}'),
    wayOut: text('请查看接口文档。', 'See the API reference.'),
  }),
  malformed: defineRefusal<{ where: string; problem: string }>({
    code: 'http/malformed',
    status: 400,
    text: text('请求格式不对（{where}）：{problem}', 'The request is malformed ({where}): {problem}'),
    wayOut: text('对照接口文档更正后重试。', 'Correct it against the API reference and try again.'),
  }),
  tooLarge: defineRefusal({
    code: 'http/too-large',
    status: 413,
    text: text('请求内容过大', 'The request is too large'),
    wayOut: text('拆分后分次提交，或使用导入功能。', 'Split it, or use the import.'),
  }),
  tooMany: defineRefusal({
    code: 'http/too-many-requests',
    status: 429,
    text: text('请求过于频繁', 'Too many requests'),
    wayOut: text('稍等片刻再试。', 'Wait a moment and try again.'),
  }),
  fault: defineRefusal<{ requestId: string }>({
    code: 'http/fault',
    status: 503,
    text: text('系统内部出错，未保存任何更改（请求号 {requestId}）', 'Something broke inside; nothing was saved (request {requestId})'),
    wayOut: text('请重试；若仍出错，请把请求号告诉系统管理员。', 'Try again; if it stays, give the request number to the administrator.'),
  }),
} as const;
