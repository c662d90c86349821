import { Readable } from 'node:stream';
import { Answers, bytes, cursorOf, Headers, readCursor, sheetRow } from '@cartage/service-kit';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { TableFreshness } from '../../app/freshness';
import type { Answered, Questions } from '../../app/questions';
import { questions as catalogue } from '../../domain/questions/catalogue';
import { questionList, shownAnswer, shownFigures, type QuestionList, type ShownAnswer, type ShownFigures } from './questions.answers';
import { AnswerFileQuery, AnswerQuery, FiguresQuery, FILE_ROWS, ROWS, whereOf } from './questions.dto';

export const QUESTIONS = Symbol('questions that views answer');

const QuestionName = (): MethodDecorator =>
  ApiParam({ name: 'name', enum: catalogue.map(({ name }) => name), description: 'As GET /reporting/questions lists it.' });

const refuses = { unknown: ['QUESTION_UNKNOWN'], invalid: ['PARAMETER_REFUSED', 'ANSWER_TOO_LARGE'] };

const nextOf = ({ next }: Answered): string | null => (next === undefined ? null : cursorOf(next));

/** Until then every table was fed; nothing where one was not. */
const heardUntil = (freshness: readonly TableFreshness[]): string | undefined =>
  freshness.some((each) => each.heardUntil === null) ? undefined : freshness.flatMap((each) => each.heardUntil ?? []).toSorted()[0];

function* csvOf({ question, rows }: Answered): Generator<string> {
  const columns = Object.keys(question.columns);
  yield sheetRow(columns);
  for (const row of rows) yield sheetRow(columns.map((column) => row[column]));
}

@ApiTags('reporting')
@Controller('reporting/questions')
export class QuestionsController {
  constructor(@Inject(QUESTIONS) private readonly questions: Questions) {}

  @Get()
  @ApiOperation({ summary: 'The questions that are answered by views, with their columns and parameters.' })
  @Answers(200, questionList)
  list(): QuestionList {
    return { items: this.questions.list() };
  }

  @Get(':name')
  @QuestionName()
  @ApiOperation({ summary: 'The answer to a question, page by page, and how fresh it is.' })
  @Answers(200, shownAnswer, { refuses })
  async answer(@Param('name') name: string, @Query() query: AnswerQuery): Promise<ShownAnswer> {
    const answered = await this.ask(name, query, query.limit ?? ROWS.usual);
    return { question: name, rows: answered.rows, next: nextOf(answered), freshness: answered.freshness };
  }

  @Get(':name/figures')
  @QuestionName()
  @ApiOperation({
    summary:
      'One column of the answer added up by time, as pictures show it: by currency where it is money, and by another column if wanted.',
  })
  @Answers(200, shownFigures, { refuses })
  async figures(@Param('name') name: string, @Query() query: FiguresQuery): Promise<ShownFigures> {
    const { measure, by, from, to } = query;
    const { figures, left, freshness } = await this.questions.figures(name, { measure, by, from, to, where: whereOf(query) });
    return { question: name, measure, by: by ?? null, figures, left, freshness };
  }

  @Get(':name/rows.csv')
  @ApiProduces('text/csv')
  @QuestionName()
  @ApiOperation({ summary: 'The same as a file. What follows it is had by its `cursor`, in a header.' })
  @Answers(200, bytes, { headers: [Headers.next, Headers.heardUntil], refuses })
  async csv(@Param('name') name: string, @Query() query: AnswerFileQuery, @Res() reply: FastifyReply): Promise<void> {
    const answered = await this.ask(name, query, query.limit ?? FILE_ROWS.usual);
    const [next, until] = [nextOf(answered), heardUntil(answered.freshness)];
    if (next !== null) void reply.header(Headers.next, next);
    if (until !== undefined) void reply.header(Headers.heardUntil, until);
    void reply
      .header('Content-Type', 'text/csv; charset=utf-8')
      .header('Content-Disposition', `attachment; filename="${name}.csv"`)
      .send(Readable.from(csvOf(answered)));
  }

  private ask(name: string, query: AnswerQuery | AnswerFileQuery, limit: number): Promise<Answered> {
    const after = readCursor(query.cursor, ...this.questions.keyOf(name).map(() => 'text' as const));
    return this.questions.answer(name, { from: query.from, to: query.to, where: whereOf(query), limit, after });
  }
}
