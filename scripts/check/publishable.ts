import type { Guard, Violation } from './guard.ts';

const publicRegistry = 'https://registry.npmjs.org/';

/** What must never leave a machine, line by line. */
const secrets: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /-----BEGIN (RSA |EC |OPENSSH |ENCRYPTED )?PRIVATE KEY-----/, what: 'a private key' },
  { pattern: /\b(AKIA|ASIA)[0-9A-Z]{16}\b/, what: 'an access key' },
  { pattern: /\bgh[pousr]_[A-Za-z0-9]{30,}\b/, what: 'a repository token' },
  { pattern: /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=/, what: 'a registry token' },
  {
    pattern: /\b(postgres(ql)?|https?):\/\/[^\s:/@$'"`{]+:[^\s:/@$'"`{]{3,}@(?!localhost|127\.0\.0\.1|example\.)/,
    what: 'an address with a password',
  },
  { pattern: /(^|[\s'"`=(])\/(work|home|Users|root)\/[\w.-]+/, what: 'a path of one machine' },
  { pattern: /(^|[\s'"`=(])\/tmp\/[\w.-]+/, what: 'a path of one machine' },
  { pattern: /^\s*(@[\w-]+:)?registry\s*=/, what: 'the address of a registry' },
];

const isText = /\.(ts|tsx|mjs|js|json|sql|md|css|html|svg|txt|yml|yaml|sh)$|(^|\/)\.[\w-]+$|(^|\/)run$|Dockerfile$/;
const own = /^scripts\/check\/(publishable|guards\.test)\.ts$/;

function lockViolations(lock: string): Violation[] {
  const packages = (JSON.parse(lock) as { packages?: Record<string, { resolved?: string }> }).packages ?? {};
  return Object.entries(packages).flatMap(([name, p]) =>
    p.resolved === undefined || p.resolved.startsWith(publicRegistry)
      ? []
      : [{ file: 'package-lock.json', message: `${name} comes from ${p.resolved}, not from ${publicRegistry}` }],
  );
}

export const publishable: Guard = {
  name: 'publishable',
  why: 'Everybody reads this repository: a secret in it is public for ever, and a path or registry of one machine breaks every other one.',
  run: (tree) => {
    const found: Violation[] = [];
    for (const file of tree.files.filter((f) => isText.test(f) && !own.test(f))) {
      if (file === 'package-lock.json') found.push(...lockViolations(tree.read(file)));
      else {
        tree
          .read(file)
          .split('\n')
          .forEach((l, i) => {
            for (const { pattern, what } of secrets)
              if (pattern.test(l)) found.push({ file, line: i + 1, message: `this looks like ${what}` });
          });
      }
    }
    return found;
  },
};
