import { html, nothing, type TemplateResult } from 'lit';
import type { ScanView } from '../scanLog.ts';

/** A scan's way so far: each step with the seconds it took. */
export function drawScan({ token, name, steps, now, result, failure, urgency }: ScanView): TemplateResult {
  return html`<li class="scan">
    <div class="scan-name"><bdi>${name}</bdi>${result ? html`<strong>${result}</strong>` : html`<span class="note">${now}</span>`}</div>
    ${failure ? html`<p class="note" title=${failure}>${whose[failure.split('.')[0] ?? '']}: see the reply</p>` : nothing}
    <ol class="steps" aria-label="Steps">
      ${steps.map(({ name, at }, index) => {
        const next = steps[index + 1]?.at;
        const isLast = index === steps.length - 1;
        return html`<li class=${isLast && !result ? 'step now' : 'step'}>
          ${name}${next === undefined ? '' : html`<small>${seconds(next - at)}</small>`}
        </li>`;
      })}
    </ol>
    <span class="note">token ${token}… · ${urgency === 'automatic' ? 'watched' : 'asked for'}</span>
  </li>`;
}

const seconds = (ms: number) => (ms < 950 ? `${Math.max(0.1, ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);

/** By the first word of a failure's code. */
const whose: Record<string, string> = {
  file: 'The file cannot be scanned',
  download: 'Discord did not give the file',
  engine: 'VirusTotal gave no verdict',
  scan: 'The scan did not come to its end',
};
