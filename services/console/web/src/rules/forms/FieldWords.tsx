import { laterWords } from '../../words/LaterWords';

/** What fields of rules are called. */
export const FieldWords = laterWords({
  en: () => import('../../words/en/rule-fields.json'),
  de: () => import('../../words/de/rule-fields.json'),
  ar: () => import('../../words/ar/rule-fields.json'),
});
