import { html, type TemplateResult } from 'lit';
import type { ScanView } from '../scanLog.ts';

/** A scan's way so far: each step with the seconds it took. */
export function drawScan({ token, name, steps, now, verdict, urgency }: ScanView): TemplateResult {
  return html`<li class="scan">
    <div class="scan-name"><bdi>${name}</bdi>${verdict ? html`<strong class=${`verdict ${verdict}`}>${verdict}</strong>` : html`<span class="note">${now}</span>`}</div>
    <ol class="steps" aria-label="Steps">
      ${steps.map(({ name, at }, index) => {
        const next = steps[index + 1]?.at;
        const isLast = index === steps.length - 1;
        return html`<li class=${isLast && !verdict ? 'step now' : 'step'}>
          ${name}${next === undefined ? '' : html`<small>${seconds(next - at)}</small>`}
        </li>`;
      })}
    </ol>
    <span class="note">token ${token}… · ${urgency === 'automatic' ? 'watched' : 'asked for'}</span>
  </li>`;
}

const seconds = (ms: number) => (ms < 950 ? `${Math.max(0.1, ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);
