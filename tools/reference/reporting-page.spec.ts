import { filtersOf, questions, viewNameOf, type Question } from '@cartage/reporting/questions';
import { reportingPage } from './reporting-page';

const pageOf = (question: Question): string =>
  reportingPage([{ schema: 'reporting', table: viewNameOf(question), about: null, key: [], columns: [] }]);
const isNarrowed = (question: Question): boolean => question.time !== undefined || filtersOf(question).length > 0;

describe('how a question is asked', () => {
  it('says that nothing narrows it where nothing does', () => {
    const whole = questions.filter((question) => !isNarrowed(question));
    expect(whole.map(({ name }) => name)).toContain('policies_in_force');
    for (const question of whole)
      expect(pageOf(question)).toContain(`\`GET /reporting/questions/${question.name}\`, narrowed by nothing. Made of [`);
  });

  it.each(questions.filter(isNarrowed).map((question) => [question.name, question] as const))('names what narrows %s', (_, question) =>
    expect(pageOf(question)).toMatch(/, narrowed by `[a-z]+`(, `[a-z]+`)*\. Made of \[/),
  );
});
