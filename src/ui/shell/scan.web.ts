import { useEffect, useEffectEvent } from 'react';
import { soundPreference } from '../preferences.web.ts';
import { takeKey, wedgeStart } from './wedge.ts';

export type ScanHandler = (code: string) => void;

// The last registered handler hears a scan first: the grid on the page before the shell.
const handlers: ScanHandler[] = [];

export function deliverScan(code: string): void {
  handlers.at(-1)?.(code);
}

/** Hears every scan while the component is on the page; the innermost one wins. */
export function useScan(handler: ScanHandler, isOn = true): void {
  const hear = useEffectEvent(handler);
  useEffect(() => {
    if (!isOn) return undefined;
    const own: ScanHandler = (code) => hear(code);
    handlers.push(own);
    return () => void handlers.splice(handlers.indexOf(own), 1);
  }, [isOn]);
}

const takesTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/**
 * Listens for scans on the whole page; returns the way to stop. With the focus in a field the keys are the field's own, so that a
 * scan lands there only when somebody put the cursor there.
 */
export function listenForScans(): () => void {
  let state = wedgeStart;
  const onKey = (event: KeyboardEvent) => {
    if (takesTyping(event.target) || event.isComposing || event.metaKey || event.altKey) return;
    const step = takeKey(state, { key: event.key, isCtrl: event.ctrlKey, atMs: event.timeStamp });
    state = step.state;
    if (step.isSwallowed) event.stopPropagation();
    if (step.code === null) return;
    event.preventDefault();
    deliverScan(step.code);
  };
  window.addEventListener('keydown', onKey, { capture: true });
  return () => window.removeEventListener('keydown', onKey, { capture: true });
}

export function useScanListener(): void {
  useEffect(listenForScans, []);
}

let audio: AudioContext | null = null;

function beep(frequenciesHz: readonly number[], lengthS: number): void {
  audio ??= new AudioContext();
  let at = audio.currentTime;
  for (const hz of frequenciesHz) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = hz;
    volume.gain.setValueAtTime(0.12, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + lengthS);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + lengthS);
    at += lengthS;
  }
}

/** Tells without looking whether it went well: a rising tone and a green edge, or two low tones and a red edge. */
export function feedback(outcome: 'good' | 'refused'): void {
  const root = document.documentElement;
  root.dataset['feedback'] = outcome;
  setTimeout(() => delete root.dataset['feedback'], 700);
  if (soundPreference.get() === 'off') return;
  try {
    if (outcome === 'good') beep([880, 1320], 0.09);
    else beep([220, 180], 0.22);
  } catch {
    // No sound device, or no gesture yet: the colour says it all the same.
    return;
  }
}
