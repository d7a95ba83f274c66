import { html, nothing, type TemplateResult } from 'lit';
import type { MoodName } from '../moods.ts';
import type { GaugeView, PanelView, RequestView } from '../wire.ts';
import { happen, setMood } from './api.ts';
import { clockTime } from './moment.ts';
import { drawScan } from './scan.ts';
import { now, state } from './store.ts';

const moods: Record<MoodName, string> = {
  slow: 'VirusTotal is slow',
  unavailable: 'VirusTotal is down',
  quotaGone: "Today's quota is gone",
  wrongKey: 'The API key is refused',
  wrongServerKey: "This server's key is refused",
};

/** What is otherwise invisible, and the switches of what may go wrong. */
export function panelPane(): TemplateResult {
  const panel = state.sections?.panel;
  return html`<aside class="panel" aria-label="Behind the scenes">
    <div class="scroll" tabindex="0" role="group" aria-label="Behind the scenes">
      ${panel ? [whatIf(panel), quota(panel), keys(panel), scans(panel), requests(panel), audit(panel)] : nothing}
    </div>
  </aside>`;
}

function whatIf({ moods: on, isConnected }: PanelView): TemplateResult {
  return html`<section>
    <h2>What if …</h2>
    ${moodNames.map(
      (name) =>
        html`<button type="button" class="switch" role="switch" aria-checked=${on.includes(name)} @click=${() => setMood(name, !on.includes(name))}>
          <span>${moods[name]}</span><i aria-hidden="true"></i>
        </button>`,
    )}
    <div class="buttons">
      <button type="button" @click=${() => happen('dropGateway')}>Discord drops the connection</button>
      <button type="button" @click=${() => happen('quarterHour')}>+15 minutes</button>
      <button type="button" @click=${() => happen('day')}>+1 day</button>
    </div>
    <p class="note">
      Everybody's clock: <time>${clockTime(now())}</time>. The bot is ${isConnected ? 'connected' : 'not connected'}.
    </p>
  </section>`;
}

const moodNames: MoodName[] = ['slow', 'unavailable', 'quotaGone', 'wrongKey', 'wrongServerKey'];

function quota({ quota, spent, refused, queue }: PanelView): TemplateResult {
  return html`<section>
    <h2>VirusTotal quota</h2>
    ${gauge('this minute', quota.minute)} ${gauge('today', quota.day)} ${gauge('this month', quota.month)}
    <p class="note">
      ${spent} ${spent === 1 ? 'request' : 'requests'} spent${refused > 0 ? `, ${refused} refused` : ''}.
      ${queue ? `Waiting: ${queue.interactive} asked for, ${queue.automatic} watched.` : nothing}
    </p>
  </section>`;
}

/** Keys that a server may enter in `/vtconfig`. */
function keys({ keys }: PanelView): TemplateResult | typeof nothing {
  if (keys.length === 0) return nothing;
  return html`<section aria-label="Keys for servers">
    <h2>Keys for servers</h2>
    <p class="note">Enter one in <code>/vtconfig</code>, VirusTotal key.</p>
    ${keys.map(
      ({ key, isRefused, minute, day, month }) =>
        html`<p class="note"><code>${key}</code>${isRefused ? ' is refused' : nothing}</p>
          ${gauge('this minute', minute)} ${gauge('today', day)} ${gauge('this month', month)}`,
    )}
  </section>`;
}

function gauge(label: string, { used, allowed }: GaugeView): TemplateResult {
  return html`<div class="gauge">
    <span>${Math.max(0, allowed - used).toLocaleString('en')} of ${allowed.toLocaleString('en')} left ${label}</span>
    <progress max=${allowed} value=${Math.min(used, allowed)} aria-label=${`Used ${label}`}></progress>
  </div>`;
}

function scans({ scans }: PanelView): TemplateResult | typeof nothing {
  if (!scans) return nothing;
  return html`<section>
    <h2>Scans</h2>
    ${scans.length > 0 ? html`<ul>${scans.map(drawScan)}</ul>` : html`<p class="note">None yet. Type / in the chat, or drop a file there.</p>`}
  </section>`;
}

function requests({ requests }: PanelView): TemplateResult {
  return html`<section>
    <h2>Requests to VirusTotal</h2>
    ${
      requests.length > 0
        ? html`<ol class="requests" reversed>${requests.map(drawRequest)}</ol>`
        : html`<p class="note">None yet.</p>`
    }
  </section>`;
}

function audit({ audit }: PanelView): TemplateResult | typeof nothing {
  if (audit.length === 0) return nothing;
  return html`<section>
    <h2>Audit log of the server</h2>
    <ul class="audit">
      ${audit.map(({ text, reason }) => html`<li>${text}${reason ? html`<span class="note">${reason}</span>` : nothing}</li>`)}
    </ul>
  </section>`;
}

function drawRequest({ number, endpoint, times, status, cost, at }: RequestView): TemplateResult {
  const answer = answers[status] ?? String(status);
  const tone = status >= 200 && status < 400 ? 'good' : status === 404 ? '' : 'bad';
  return html`<li value=${number}>
    <span class="request-name" title=${endpoint}>${requestNames[endpoint] ?? endpoint}${times > 1 ? html`<small>${times} times</small>` : nothing}</span>
    <span class=${tone} title=${`HTTP ${status}`}>${answer}</span>
    <span title="Taken from the quota">${cost === 0 ? 'free' : `−${cost}`}</span>
    <time class="note">${clockTime(at)}</time>
  </li>`;
}

const requestNames: Record<string, string> = {
  'GET /files/{id}': 'Is the file known?',
  'POST /files': 'Upload the file',
  'GET /files/upload_url': 'Where to upload a large file',
  'POST /_ah/upload/{once}': 'Upload the large file',
  'POST /files/{id}/analyse': 'Analyse the file anew',
  'GET /urls/{id}': 'Is the address known?',
  'POST /urls': 'Submit the address',
  'POST /urls/{id}/analyse': 'Analyse the address anew',
  'GET /analyses/{id}': 'Is the analysis over?',
  'GET /users/{id}/overall_quotas': 'How much quota is left?',
};

const answers: Record<number, string> = {
  0: 'cut off',
  200: 'ok',
  401: 'refused',
  403: 'forbidden',
  404: 'no',
  429: 'no quota',
  503: 'down',
};
