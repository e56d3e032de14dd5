import { text, type LocalText } from '#kernel/i18n/text.ts';
import { useLocale } from '#ui/locale.web.tsx';
import type { DocumentPanelProps } from '#ui/web-module.web.tsx';
import { openPoints } from '../product/product-fields.ts';
import { type RegistrationFinding, registrationFindings } from './registration-number.ts';

const words: Readonly<Record<RegistrationFinding, LocalText>> = {
  legacyNumber: text('编号不符合现行规则，按旧编号保存', 'The number does not follow the grammar in force; kept as a legacy number'),
  groupDiffers: text('编号中的分类号与两版分类编码都不一致', 'The group in the number fits neither class code'),
  placeUnexpected: text('编号的审批地与管理类别不相称', 'The place in the number does not go with the class'),
};
const none = text('未发现不一致', 'Nothing inconsistent');

const given = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** What does not fit together and what is still to be completed: pointed out, never refused. */
export function FindingsPanel({ answer }: DocumentPanelProps) {
  const { t } = useLocale();
  const { document } = answer;
  const number = given(document['registrationNo']);
  const article = { classCode2002: given(document['classCode2002']), classCode2017: given(document['classCode2017']) };
  const open = Array.isArray(document['toComplete']) ? (document['toComplete'] as string[]) : [];
  const found = [
    ...(number ? registrationFindings(number, article).map((f) => words[f]) : []),
    ...open.map((point) => (openPoints as Readonly<Record<string, LocalText>>)[point] ?? text(point, point)),
  ];
  if (found.length === 0) return <p className="secondary">{t(none)}</p>;
  return (
    <ul>
      {found.map((f) => (
        <li key={f.en}>{t(f)}</li>
      ))}
    </ul>
  );
}
