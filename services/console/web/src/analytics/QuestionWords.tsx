import { laterWords } from '../words/LaterWords';

/** What questions ask, how their answers are to be read, and what stands in them. */
export const QuestionWords = laterWords({
  en: () => import('../words/en/questions.json'),
  de: () => import('../words/de/questions.json'),
  ar: () => import('../words/ar/questions.json'),
});
