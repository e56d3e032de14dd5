import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Mentions } from 'antd';
import type { MentionsRef } from 'antd/es/mentions';
import { useEffect, useRef, useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { call, newKey } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { EmptyState, RowsSkeleton } from '#ui/common/states.web.tsx';
import { InstantText, PersonText } from '#ui/common/values.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { queryKeys } from '#ui/queries.web.ts';
import { matchingPeople, mentionAt } from './mention.ts';
import { addComment, editComment, listComments, mentionable, readNotifications, type CommentWire } from './operations.ts';
import './documents.css';

const words = {
  none: text('还没有评论', 'No comments yet'),
  noneHint: text(
    '写下看法或问题；用 @ 提及同事，会出现在其「我的工作」里。',
    'Say what you think or ask; @ a colleague and it shows in their my work.',
  ),
  write: text('写评论，用 @ 提及同事', 'Write a comment; @ mentions a colleague'),
  nobody: text('没有这样的同事可以提及', 'Nobody of that name can be mentioned'),
  searching: text('正在查找…', 'Searching…'),
  send: text('发表', 'Comment'),
  save: text('保存', 'Save'),
  edit: text('修改', 'Edit'),
  back: text('返回', 'Back'),
  edited: text('已修改', 'edited'),
  once: text('发表后 10 分钟内可以修改，不能删除。', 'It can be changed for ten minutes and never deleted.'),
};

interface Person {
  readonly id: string;
  readonly name: string;
}

interface Written {
  readonly body: string;
  readonly mentions: string[];
}

interface EditorProps {
  readonly recordId: string;
  readonly initial?: { readonly body: string; readonly mentions: readonly Person[] };
  readonly submit: string;
  readonly onSubmit: (written: Written) => Promise<unknown>;
  readonly onCancel?: () => void;
}

/** Text with @: who was chosen from the list and is still named in the text counts as mentioned. */
function CommentEditor({ recordId, initial, submit, onSubmit, onCancel }: EditorProps) {
  const { t } = useLocale();
  const [body, setBody] = useState(initial?.body ?? '');
  const [chosen, setChosen] = useState<readonly Person[]>(initial?.mentions ?? []);
  const [q, setQ] = useState<string | null>(null);
  const input = useRef<MentionsRef>(null);
  const people = useQuery({
    queryKey: ['mentionable', recordId, q],
    enabled: q !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    queryFn: () => call(mentionable, { query: { recordId, q: q ?? '' } }),
  });
  // Between two letters only what already fits is offered, so that Enter never takes a name nobody typed.
  const offered = matchingPeople(people.data?.items ?? [], q ?? '');
  const send = useMutation({
    mutationFn: () =>
      onSubmit({ body: body.trim(), mentions: [...new Set(chosen.filter((p) => body.includes(`@${p.name}`)).map((p) => p.id))] }),
    onSuccess: () => {
      setBody('');
      setChosen([]);
    },
  });
  const isReady = body.trim() !== '' && !send.isPending;
  return (
    <div className="comment-editor">
      <Mentions
        rows={3}
        value={body}
        aria-label={t(words.write)}
        placeholder={t(words.write)}
        maxLength={8000}
        ref={input}
        loading={people.isFetching && offered.length === 0}
        onChange={(written) => {
          setBody(written);
          setQ(mentionAt(written, input.current?.textarea?.selectionStart ?? written.length));
        }}
        onSearch={setQ}
        filterOption={false}
        notFoundContent={t(people.isFetching ? words.searching : words.nobody)}
        options={offered.map((p) => ({ key: p.id, value: p.name, label: p.name }))}
        onSelect={(option) => {
          // The component appends to the key it was given, so the person is found by its beginning.
          const person = offered.find((p) => String(option.key).startsWith(p.id));
          if (person) setChosen((known) => [...known, person]);
        }}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && (e.metaKey || e.ctrlKey) && isReady) send.mutate();
        }}
      />
      {send.error !== null && <ErrorPanel error={send.error} />}
      <div className="comment-buttons">
        <span className="secondary">{t(words.once)}</span>
        {onCancel && (
          <Button size="small" onClick={onCancel}>
            {t(words.back)}
          </Button>
        )}
        <Button size="small" type="primary" disabled={!isReady} loading={send.isPending} onClick={() => send.mutate()}>
          {submit}
        </Button>
      </div>
    </div>
  );
}

/** The text with the names that were mentioned set off. */
function CommentBody({ comment }: { comment: CommentWire }) {
  const names = comment.mentions.map((p) => `@${p.name}`).toSorted((a, b) => b.length - a.length);
  if (names.length === 0) return <p className="comment-body">{comment.body}</p>;
  const pattern = new RegExp(`(${names.map((n) => n.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`);
  return (
    <p className="comment-body">
      {comment.body.split(pattern).map((part, at) =>
        names.includes(part) ? (
          <span key={`${at}-${part}`} className="mention">
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </p>
  );
}

function Comment({ comment, recordId, onChanged }: { comment: CommentWire; recordId: string; onChanged: () => void }) {
  const { t } = useLocale();
  const [isEditing, setIsEditing] = useState(false);
  const save = async (written: Written) => {
    await call(editComment, { params: { commentId: comment.id }, body: written }, { key: newKey() });
    setIsEditing(false);
    onChanged();
  };
  return (
    <li className="comment">
      <p className="comment-head">
        <PersonText name={comment.by.name} hasRound />
        <span className="secondary">
          <InstantText at={comment.at} />
          {comment.editedAt && ` · ${t(words.edited)}`}
        </span>
        {comment.canEdit && !isEditing && (
          <button type="button" className="link-button" onClick={() => setIsEditing(true)}>
            {t(words.edit)}
          </button>
        )}
      </p>
      {isEditing ? (
        <CommentEditor recordId={recordId} initial={comment} submit={t(words.save)} onSubmit={save} onCancel={() => setIsEditing(false)} />
      ) : (
        <CommentBody comment={comment} />
      )}
    </li>
  );
}

/** What people say about a record, oldest first, and the place to answer. */
export function CommentsPanel({ id }: { readonly kind: string; readonly id: string }) {
  const { t } = useLocale();
  const queries = useQueryClient();
  const comments = useQuery({ queryKey: ['comments', id], queryFn: () => call(listComments, { params: { recordId: id } }) });
  const refresh = () => void queries.invalidateQueries({ queryKey: ['comments', id] });
  useEffect(() => {
    if (!comments.isSuccess) return;
    // Whoever looks at the comments has seen what they were called for; a lost answer only leaves the line in my work.
    void call(readNotifications, { body: { recordId: id } }, { key: newKey() }).then(
      () => queries.invalidateQueries({ queryKey: queryKeys.myWork }),
      () => undefined,
    );
  }, [comments.isSuccess, id, queries]);
  const add = async (written: Written) => {
    await call(addComment, { params: { recordId: id }, body: written }, { key: newKey() });
    refresh();
  };
  return (
    <div className="rail-comments">
      {comments.error && <ErrorPanel error={comments.error} />}
      {comments.isPending && !comments.error && <RowsSkeleton rows={3} />}
      {comments.isSuccess && comments.data.items.length === 0 && <EmptyState icon="comment" title={words.none} hint={words.noneHint} />}
      <ul className="rail-list">
        {comments.data?.items.map((c) => (
          <Comment key={c.id} comment={c} recordId={id} onChanged={refresh} />
        ))}
      </ul>
      {comments.data?.canAdd && <CommentEditor recordId={id} submit={t(words.send)} onSubmit={add} />}
    </div>
  );
}
