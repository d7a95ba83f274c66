import { svg, type TemplateResult } from 'lit';

const icon = (paths: TemplateResult) =>
  svg`<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${paths}</svg>`;

export const dotsIcon = icon(
  svg`<circle cx="5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/>`,
);
export const plusIcon = icon(svg`<path d="M12 5v14M5 12h14"/>`);
export const sendIcon = icon(svg`<path d="M4 12l16-8-6 16-3-6z"/>`);
export const closeIcon = icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`);
export const eyeIcon = icon(
  svg`<path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7z"/><circle cx="12" cy="12" r="3"/>`,
);
export const attachmentIcon = icon(
  svg`<path d="M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8z"/><path d="M14 3v5h5"/>`,
);
export const listIcon = icon(svg`<path d="M4 6h16M4 12h16M4 18h10"/>`);
export const chatIcon = icon(svg`<path d="M4 5h16v11H9l-5 4z"/>`);
export const gaugeIcon = icon(svg`<path d="M4 18a8 8 0 1 1 16 0"/><path d="M12 18l4-6"/>`);
export const moonIcon = icon(svg`<path d="M20 14a8 8 0 1 1-10-10 7 7 0 0 0 10 10z"/>`);
export const sunIcon = icon(
  svg`<circle cx="12" cy="12" r="4"/><path d="M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.500 1.500M17.500 17.500L19 19M5 19l1.500-1.500M17.500 6.500L19 5"/>`,
);
