import { type Html, html } from '../html.ts'

/** Drawings of 20 by 20; they say nothing that the words beside them do not. */
const icon = (path: Html): Html =>
  html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${path}</svg>`

export const icons = {
  blueprint: icon(
    html`<rect x="2.5" y="3" width="6" height="5" rx="1.2"/><rect x="11.5" y="12" width="6" height="5" rx="1.2"/><path d="M8.5 5.5h3a3 3 0 0 1 3 3V12"/>`,
  ),
  build: icon(
    html`<path d="M11.5 4.5a3.5 3.5 0 0 1 4.6 4.2l-1.9-.5-1.3-1.3-.4-1.9a3.5 3.5 0 0 0-1 5.2L4.8 16.9a1.3 1.3 0 0 1-1.8-1.8l6.6-6.6"/>`,
  ),
  online: icon(html`<path d="M4.5 10.5l3.7 3.7 7.3-8"/>`),
  failed: icon(html`<path d="M10 3 2.5 16.5h15L10 3Z"/><path d="M10 8v4M10 14.3v.1"/>`),
  question: icon(html`<path d="M7.3 7.4A2.8 2.8 0 0 1 10 5.2c1.6 0 2.8 1 2.8 2.5 0 2-2.8 2.2-2.8 4.1M10 14.7v.1"/>`),
  list: icon(html`<path d="M7 5h10M7 10h10M7 15h10M3 5h.1M3 10h.1M3 15h.1"/>`),
  diff: icon(html`<path d="M10 4v7M6.5 7.5h7M6.5 15h7"/>`),
  file: icon(html`<path d="M5 2.5h6.5L15.5 7v10.5H5V2.5Z"/><path d="M11.5 2.5V7h4"/>`),
  plus: icon(html`<path d="M10 4v12M4 10h12"/>`),
  people: icon(
    html`<circle cx="7.5" cy="7" r="2.8"/><path d="M2.5 16.5c.3-3 2.2-4.7 5-4.7s4.700 1.700 5 4.700M13 4.500a2.600 2.600 0 0 1 0 5M14.500 12c1.800.6 2.900 2.200 3.100 4.500"/>`,
  ),
  attach: icon(
    html`<path d="M14.5 9.2 9 14.7a3.2 3.2 0 0 1-4.5-4.5l6.3-6.3a2.1 2.1 0 0 1 3 3l-6.2 6.2a1 1 0 0 1-1.5-1.5l5.4-5.4"/>`,
  ),
  send: icon(html`<path d="M10 16V4.5M5 9.2l5-5 5 5"/>`),
  menu: icon(html`<path d="M3 6h14M3 10h14M3 14h14"/>`),
  open: icon(html`<path d="M11.5 3.5h5v5M16.2 3.8 9 11M13.5 11.5v5h-10v-10h5"/>`),
  warn: icon(html`<path d="M10 3 2.5 16.5h15L10 3Z"/><path d="M10 8v4M10 14.3v.1"/>`),
} as const
