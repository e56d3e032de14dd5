import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import { useSession } from '../session.web.ts';
import { derivedForm } from './derive-form.ts';
import { draftKey, dropDraft, keepDraft, pruneDrafts, readDraft, type Draft } from './draft-keeper.ts';
import { draftStore } from './draft-store.web.ts';
import { formOf, isSameForm, mergeForms, newForm, type FormContent } from './form-content.ts';

type Document = Readonly<Record<string, unknown>>;

interface Held {
  readonly form: FormContent;
  /** What the typing started from, and its version. */
  readonly base: FormContent;
  readonly version: number;
}

const draftPauseMs = 400;

const held = (definition: AnyDefinition, document: Document | null, today: string): Held => {
  const base = document ? formOf(definition, document) : newForm(definition, today);
  return { form: derivedForm(definition, base, document ?? {}), base, version: Number(document?.['version'] ?? 0) };
};

/**
 * What is typed into a document. It follows the stored document as long as nothing is typed; from the first letter on it belongs to
 * the person: kept as a draft on the device, never overwritten by somebody else's change.
 */
export function useForm(definition: AnyDefinition, document: Document | null, id: string | null, today: string) {
  const { user } = useSession();
  const key = draftKey(user.id, definition.kind, id);
  const [state, setState] = useState<Held>(() => held(definition, document, today));
  const [offered, setOffered] = useState<Draft | undefined>(() => readDraft(draftStore, key));
  const isDirty = useMemo(() => !isSameForm(definition, state.form, state.base), [definition, state]);
  const storedVersion = Number(document?.['version'] ?? 0);

  useEffect(() => {
    if (!isDirty && document && storedVersion > state.version) setState(held(definition, document, today));
  }, [storedVersion, isDirty]);
  useEffect(() => pruneDrafts(draftStore, Date.now()), []);
  const isKept = useDraftKeeping(key, state, isDirty, offered !== undefined);

  const change = useCallback(
    (next: FormContent) => {
      setState((now) => ({ ...now, form: derivedForm(definition, next, document ?? {}) }));
    },
    [definition, document],
  );
  const drop = () => {
    dropDraft(draftStore, key);
    setOffered(undefined);
  };
  return {
    form: state.form,
    version: state.version,
    isDirty,
    isKept,
    /** Somebody else saved while this was being typed. */
    isBehind: isDirty && document !== null && storedVersion > state.version,
    offered: offered && !isSameForm(definition, offered.form, state.base) ? offered : undefined,
    change,
    /** Takes the draft back into the form. */
    restore: () => {
      if (offered)
        setState({
          form: derivedForm(definition, offered.form, document ?? {}),
          base: offered.base,
          version: offered.version || storedVersion,
        });
      setOffered(undefined);
    },
    discardOffer: drop,
    /** Forgets the typing and shows what is stored. */
    reset: (stored: Document | null = document) => {
      drop();
      setState(held(definition, stored, today));
    },
    /** Puts the typing on top of what somebody else saved; names what both changed. */
    rebase: (stored: Document): readonly string[] => {
      const theirs = formOf(definition, stored);
      const merged = mergeForms(definition, state.base, state.form, theirs);
      setState({ form: derivedForm(definition, merged.form, stored), base: theirs, version: Number(stored['version'] ?? 0) });
      return merged.contested;
    },
  };
}

export type Form = ReturnType<typeof useForm>;

/** Writes the draft a moment after the last letter, and at once when the page is left; says whether the device could keep it. */
function useDraftKeeping(key: string, state: Held, isDirty: boolean, isOffering: boolean): boolean {
  const [isKept, setKept] = useState(true);
  const latest = useRef({ state, isDirty, wasDirty: false });
  latest.current = { state, isDirty, wasDirty: latest.current.wasDirty || isDirty };
  useEffect(() => {
    const keep = () => {
      const now = latest.current;
      if (now.isDirty) {
        const { form, base, version } = now.state;
        setKept(keepDraft(draftStore, key, { form, base, version, savedAtMs: Date.now(), action: version === 0 ? 'create' : 'edit' }));
      } else if (now.wasDirty && !isOffering) dropDraft(draftStore, key);
    };
    const timer = setTimeout(keep, draftPauseMs);
    window.addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', keep);
    };
  }, [state, isDirty, key, isOffering]);
  useEffect(
    () => () => {
      const now = latest.current;
      if (now.isDirty) {
        const { form, base, version } = now.state;
        keepDraft(draftStore, key, { form, base, version, savedAtMs: Date.now(), action: version === 0 ? 'create' : 'edit' });
      }
    },
    [key],
  );
  return isKept;
}
