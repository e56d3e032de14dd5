import type { Refusal } from '#kernel/command/refusal.ts';

const escape = (value: string): string => value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const page = (head: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>MedTrade</title>${head}</head>` +
  `<body style="font:14px/1.5 Inter,'Noto Sans SC',sans-serif;color:#1b2430;background:#f6f7f9;margin:0;padding:48px 24px"><main>${body}</main></body></html>`;

/** Moves the browser on to a page of ours, without script. */
export const movedPage = (to: string): string =>
  page(`<meta http-equiv="refresh" content="0;url=${escape(to)}">`, `<p><a href="${escape(to)}">继续 · Continue</a></p>`);

/** Says in both languages why single sign-on did not succeed. */
export const refusedPage = ({ text, wayOut }: Refusal): string =>
  page(
    '',
    [
      `<h1 style="font-size:18px">${escape(text.zh)}</h1><p>${escape(wayOut.zh)}</p>`,
      `<h2 style="font-size:16px" lang="en">${escape(text.en)}</h2><p lang="en">${escape(wayOut.en)}</p>`,
      '<p><a href="/login">返回登录 · Back to log-in</a></p>',
    ].join(''),
  );
