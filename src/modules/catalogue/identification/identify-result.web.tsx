import { Link } from '@tanstack/react-router';
import { Table } from 'antd';
import { useState } from 'react';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { type LocalText, text } from '#kernel/i18n/text.ts';
import { RefusalPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { EmptyState } from '#ui/common/states.web.tsx';
import { QuantityText } from '#ui/common/values.web.tsx';
import { Icon } from '#ui/icon.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { documentPath } from '#ui/product.web.ts';
import { issuingAgencies } from '../package/device-identifier.ts';
import { packageLevels } from '../package/package-lines.ts';
import type { FoundProduct, identifyOperation, ReadingWire } from './operations.ts';

type Answer = OperationOutput<typeof identifyOperation>;

const words = {
  good: text('已识别', 'Read'),
  choose: text('请选择', 'Choose'),
  refused: text('不能使用', 'Not usable'),
  check: text('请核对', 'Please check'),
  di: text('产品标识（DI）', 'Device identifier (DI)'),
  lot: text('批号', 'Lot'),
  serial: text('序列号', 'Serial number'),
  expiry: text('有效期至', 'Expiry date'),
  production: text('生产日期', 'Production date'),
  quantity: text('数量', 'Quantity'),
  month: text('按月，计至月底', 'by month, to its last day'),
  parts: text('逐项内容', 'Part by part'),
  part: text('标识', 'Id'),
  meaningOf: text('含义', 'What it is'),
  value: text('原文', 'As printed'),
  reads: text('读作', 'Reads'),
  product: text('对应产品', 'Product'),
  products: text('{n} 个产品使用此标识，请选择', '{n} products carry it: choose'),
  none: text('没有产品登记此标识', 'No product is registered with it'),
  noneHint: text('在产品的包装层级中登记此标识后，扫描即可找到。', 'Enter it among the package levels of a product, and a scan finds it.'),
  productCode: text('产品编码', 'Product code'),
  byCode: text('按产品编码找到', 'found by product code'),
  ways: text('这个编码有多种读法，请对照标签选择', 'It can be read in several ways: choose the one on the label'),
  this: text('选这一种', 'This one'),
  repaired: text('读取时已修正', 'Put right to read it'),
} as const;

const dateText = (d: NonNullable<ReadingWire['expiry']>): string =>
  `${d.precision === 'month' ? d.date.slice(0, 7) : d.date}${d.time ? ` ${d.time}` : ''}`;

function Fact({ label, value, note }: { label: LocalText; value: string | null; note?: LocalText | false }) {
  const { t } = useLocale();
  return (
    <div className="identify-fact">
      <dt>{t(label)}</dt>
      <dd className={value === null ? 'is-empty' : undefined}>
        {value ?? '–'}
        {note && <small>{t(note)}</small>}
      </dd>
    </div>
  );
}

function Facts({ reading }: { reading: ReadingWire }) {
  return (
    <dl className="identify-facts">
      <Fact label={words.di} value={reading.di} />
      <Fact label={words.lot} value={reading.lotNo} />
      <Fact label={words.serial} value={reading.serialNo} />
      <Fact
        label={words.expiry}
        value={reading.expiry && dateText(reading.expiry)}
        note={reading.expiry?.precision === 'month' && words.month}
      />
      <Fact label={words.production} value={reading.production && dateText(reading.production)} />
      <Fact label={words.quantity} value={reading.quantity} />
    </dl>
  );
}

function Parts({ reading }: { reading: ReadingWire }) {
  const { t } = useLocale();
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t(words.parts)}</h2>
      </div>
      <Table
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={reading.parts.map((p, key) => ({ ...p, key }))}
        columns={[
          { title: t(words.part), dataIndex: 'id', width: 90, render: (id: string) => <code>{id}</code> },
          { title: t(words.meaningOf), key: 'label', render: (_, p) => t(p.label) },
          { title: t(words.value), key: 'value', render: (_, p) => <code className="identify-value">{p.value}</code> },
          { title: t(words.reads), key: 'meaning', render: (_, p) => <span className="number">{p.meaning ?? ''}</span> },
        ]}
      />
    </section>
  );
}

function ProductCard({ found }: { found: FoundProduct }) {
  const { t } = useLocale();
  const level = found.level === null ? undefined : packageLevels[found.level as keyof typeof packageLevels];
  return (
    <li className="identify-product">
      <Link to={documentPath('product', found.productId) ?? '/'}>
        <span className="number">{found.code}</span> {t(found.name)}
      </Link>
      <span className="secondary">{found.specification}</span>
      <span className="identify-product-facts">
        {level && <Chip tone="info" label={level} />}
        {found.by === 'code' && <span className="secondary">{t(words.byCode)}</span>}
        {found.quantity !== null && <QuantityText quantity={found.quantity} unit={found.baseUnit} />}
      </span>
    </li>
  );
}

function Products({ answer }: { answer: Answer }) {
  const { t } = useLocale();
  const { products } = answer;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t(words.product)}</h2>
        {products.length > 1 && <span className="beside">{t(words.products, { n: products.length })}</span>}
      </div>
      {answer.packageProblems.length > 0 && <RefusalPanel refusals={answer.packageProblems} />}
      {products.length === 0 ? (
        <EmptyState title={words.none} hint={words.noneHint} icon="box" />
      ) : (
        <ul className="identify-products">
          {products.map((found) => (
            <ProductCard key={found.productId} found={found} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Choices({ choices, onChoose }: { choices: readonly ReadingWire[]; onChoose: (at: number) => void }) {
  const { t } = useLocale();
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t(words.ways)}</h2>
      </div>
      <ol className="identify-choices">
        {choices.map((choice, at) => (
          <li key={`${at}-${choice.canonical}`}>
            <Facts reading={choice} />
            <button type="button" className="button" onClick={() => onChoose(at)}>
              {t(words.this)}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What one item's labels say. A chosen reading is used like one that was clear from the start. */
export function IdentifyResult({ answer }: { answer: Answer }) {
  const { t } = useLocale();
  const [chosen, setChosen] = useState<number | null>(null);
  // A code that says nothing and finds nothing has its reason above; empty cards would only hide it.
  const isNothing = answer.products.length === 0 && answer.choices.length === 0 && answer.reading.parts.length === 0;
  // A typed product code is no label, and nothing is wrong with it.
  const isCode = answer.reading.carrier === 'unknown' && answer.products.length > 0;
  const isOpen = answer.choices.length > 0 && chosen === null;
  const reading = (chosen === null ? undefined : answer.choices[chosen]) ?? answer.reading;
  const agency = reading.agency === null ? undefined : issuingAgencies[reading.agency as keyof typeof issuingAgencies];
  const [tone, label] = isCode
    ? (['good', words.productCode] as const)
    : isOpen
      ? (['waiting', words.choose] as const)
      : reading.problems.length > 0
        ? (['refused', words.refused] as const)
        : reading.warnings.length > 0
          ? (['waiting', words.check] as const)
          : (['good', words.good] as const);
  return (
    <div className="identify-result" aria-live="polite">
      <p className="identify-carrier">
        <Chip tone={tone} label={label} />
        {!isCode && <strong>{t(reading.carrierName)}</strong>}
        {agency && <span className="secondary">{t(agency)}</span>}
        {reading.symbology && <code>{reading.symbology}</code>}
      </p>
      {!isCode && <RefusalPanel refusals={[...reading.problems, ...reading.warnings]} />}
      {reading.repairs.length > 0 && (
        <p className="identify-repairs">
          <Icon name="info" size={16} /> {t(words.repaired)}: {reading.repairs.map((repair) => t(repair)).join(' · ')}
        </p>
      )}
      {isNothing ? null : isCode ? (
        <Products answer={answer} />
      ) : isOpen ? (
        <Choices choices={answer.choices} onChoose={setChosen} />
      ) : (
        <div className="identify-columns">
          <div className="identify-column">
            <section className="card">
              <Facts reading={reading} />
            </section>
            {reading.parts.length > 0 && <Parts reading={reading} />}
          </div>
          <Products answer={answer} />
        </div>
      )}
    </div>
  );
}
