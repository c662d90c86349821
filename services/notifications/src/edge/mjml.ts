import { isError, Refused } from '@cartage/eventsourcing';
import mjml2html from 'mjml';
import type { MjmlToHtml } from '../app/rendering';

/** Files of this machine are no part of a template: `mj-include` is left out. */
const options = { validationLevel: 'strict', ignoreIncludes: true } as const;

/** Compiles MJML, strictly: what it would pass over in silence is a mistake that a customer would see. */
export const mjmlToHtml: MjmlToHtml = async (source) => {
  try {
    const { html } = await mjml2html(source, options);
    return html;
  } catch (error) {
    const why = (isError(error) ? error.message : String(error)).replace(/ of \S+ \(/g, ' (').replace(/\s+/g, ' ');
    throw new Refused('TEMPLATE_BROKEN', `The MJML is wrong: ${why}`, 'invalid', [
      { field: 'mjml', code: 'TEMPLATE_BROKEN', message: why },
    ]);
  }
};
