/** `goods-loan` → `goodsLoan`. */
export const camel = (kebab: string): string => kebab.replace(/-(\w)/g, (_, c: string) => c.toUpperCase());
/** `goods-loan` → `goods_loan`. */
export const snake = (kebab: string): string => kebab.replaceAll('-', '_');
/** `goods-loan` → `goods-loans`, `delivery` → `deliveries`. */
export function plural(kebab: string): string {
  if (/[^aeiou]y$/.test(kebab)) return `${kebab.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(kebab) ? `${kebab}es` : `${kebab}s`;
}
/** Two to four letters that tell its ids apart: `goods-loan` → `gl`, `delivery` → `del`. */
export const idPrefix = (kebab: string): string => {
  const parts = kebab.split('-');
  return parts.length > 1
    ? parts
        .map((p) => p.charAt(0))
        .join('')
        .slice(0, 4)
    : kebab.slice(0, 3);
};
export const isKebab = (name: string): boolean => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name);
/** A sentence that may stand between single quotes in TypeScript. */
export const quoted = (words: string): string => `'${words.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
