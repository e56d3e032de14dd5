import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { ApiError, NoAnswerError } from '#kernel/http/client.ts';
import type { RefusalWire } from '#kernel/http/wire.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { documentPath } from '../product.web.ts';

const words = {
  refused: text('未能执行', 'Refused'),
  many: text('有 {count} 处需要处理', '{count} things stand in the way'),
  rule: text('依据 {rule}', 'Rule {rule}'),
  source: text('查看规则来源', 'See where the rule comes from'),
  open: text('前往处理', 'Go there'),
  line: text('第 {line} 行', 'Line {line}'),
  show: text('定位', 'Show'),
  fault: text('系统出错，内容没有丢失', 'Something broke; nothing you typed is lost'),
  faultWay: text('请重试；仍然出错时把编号 {id} 告诉管理员。', 'Try again; if it stays, give your administrator the number {id}.'),
  lost: text('没有收到服务器的回答', 'The server did not answer'),
  lostWay: text('请检查网络后重试，重复提交不会做两次。', 'Check the network and try again; nothing will be done twice.'),
};

interface RefusalPanelProps {
  readonly refusals: readonly RefusalWire[];
  /** Moves the focus to the field or line a refusal points at. */
  readonly onShow?: (refusal: RefusalWire) => void;
  readonly takesFocus?: boolean;
}

/** What was refused, by which rule, and the way out: shown at the thing itself. */
export function RefusalPanel({ refusals, onShow, takesFocus = false }: RefusalPanelProps) {
  const { t } = useLocale();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) box.current?.focus();
  }, [takesFocus, refusals]);
  if (refusals.length === 0) return null;
  return (
    <div className="refusal-panel" role="alert" ref={box} tabIndex={-1}>
      {refusals.length > 1 && <p className="refusal-count">{t(words.many, { count: refusals.length })}</p>}
      <ul>
        {refusals.map((refusal, at) => (
          <RefusalItem key={`${at}-${refusal.code}`} refusal={refusal} onShow={onShow} />
        ))}
      </ul>
    </div>
  );
}

function RefusalItem({ refusal, onShow }: { refusal: RefusalWire; onShow: RefusalPanelProps['onShow'] }) {
  const { t } = useLocale();
  const path = refusal.link && documentPath(refusal.link.kind, refusal.link.id);
  return (
    <li className="refusal">
      <Icon name="refused" size={18} />
      <div className="refusal-words">
        <p className="refusal-what">
          {refusal.line !== undefined && <span className="refusal-line">{t(words.line, { line: refusal.line })}</span>}
          {t(refusal.text)}
        </p>
        <p className="refusal-way">
          {t(refusal.wayOut)}
          {path && (
            <Link to={path} className="refusal-link">
              {t(words.open)}
              <Icon name="right" size={14} />
            </Link>
          )}
          {onShow && (refusal.field ?? refusal.line) !== undefined && (
            <button type="button" className="link-button refusal-link" onClick={() => onShow(refusal)}>
              {t(words.show)}
            </button>
          )}
        </p>
      </div>
      {refusal.rule && (
        <Link to={`/dictionary?refusal=${encodeURIComponent(refusal.code)}`} className="refusal-rule" title={t(words.source)}>
          {t(words.rule, { rule: refusal.rule })}
        </Link>
      )}
    </li>
  );
}

/** Any error of a request: refusals as such, a fault with its number, a lost connection with what to do. */
export function ErrorPanel({ error, onShow, takesFocus }: { error: unknown } & Omit<RefusalPanelProps, 'refusals'>) {
  const { t } = useLocale();
  const more = { ...(onShow ? { onShow } : {}), ...(takesFocus === undefined ? {} : { takesFocus }) };
  if (error instanceof ApiError && error.refusals.length > 0) return <RefusalPanel refusals={error.refusals} {...more} />;
  const isLost = error instanceof NoAnswerError;
  const id = error instanceof ApiError ? (error.requestId ?? String(error.status)) : '–';
  return (
    <div className="refusal-panel" role="alert">
      <ul>
        <li className="refusal">
          <Icon name={isLost ? 'offline' : 'warning'} size={18} />
          <div className="refusal-words">
            <p className="refusal-what">{t(isLost ? words.lost : words.fault)}</p>
            <p className="refusal-way">{isLost ? t(words.lostWay) : t(words.faultWay, { id })}</p>
          </div>
        </li>
      </ul>
    </div>
  );
}
