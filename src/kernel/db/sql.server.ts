/** SQL is written as tagged templates: values become parameters, fragments nest. */
export { default as sql, join, raw, empty, type Sql } from 'sql-template-tag';
