/** For tools that write them down: what may be asked, and what answers say. */
export { questions } from './catalogue';
export { filtersOf, tablesOf, viewNameOf, type Question } from './question';
