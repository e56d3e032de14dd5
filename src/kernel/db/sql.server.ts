/** SQL is written as tagged templates: values become parameters, fragments nest. */
export { default as sql, join, raw, empty, type Sql } from 'sql-template-tag';

/** Typed words as they stand inside a LIKE pattern: its own signs lose their meaning. */
export const escapeLike = (value: string): string => value.replace(/[\\%_]/g, (c) => `\\${c}`);
