import { anything, integer, object, oneOf, optional, text, time, uuid, type CloudEvent } from '@cartage/contracts';
import { answerOf, Answers, IdParam, limitOf, Needs, pageAnswer, pageOf, PageQuery, readCursor, type Page } from '@cartage/service-kit';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Journals } from '../app/journals';

export const JOURNALS = Symbol('journals');

const entry = answerOf<CloudEvent>()(
  'OrderJournalEntry',
  object({
    specversion: oneOf(['1.0'], 'CloudEvents.'),
    id: uuid('Stable for ever.'),
    type: text('Name of the event.'),
    source: text('`/cartage/<service>`'),
    subject: text('What it is about.'),
    time: time('When its service recorded it.'),
    dataschema: text('`urn:cartage:events:<type>:<version>`'),
    datacontenttype: oneOf(['application/json']),
    partitionkey: text('The order; of what belongs to none, its Kafka key.'),
    position: text('Where it stands among all events, as digits.'),
    sequence: optional(integer('Its number in the journal of its order, from 1 without gaps.')),
    orderid: optional(uuid()),
    channel: optional(text('Where its order was sold.')),
    topic: text('The topic on which it was published.'),
    topicsequence: integer('Its number among the events of its subject on that topic.'),
    correlationid: text('Shared by everything that follows from one request.'),
    causationid: optional(text('Id of the event or command that caused it.')),
    traceparent: optional(text('W3C trace context.')),
    data: anything('As the contract of its type has it; what is personal is sealed.'),
  }),
);

@ApiTags('subscriptions')
@Controller('subscriptions')
export class JournalController {
  constructor(@Inject(JOURNALS) private readonly journals: Journals) {}

  @Get('journals/:orderId')
  @Needs('events:read')
  @ApiOperation({ summary: 'Everything that happened to an order, over all services, in one sequence without gaps.' })
  @Answers(200, pageAnswer(entry), { refuses: { unknown: ['ORDER_UNKNOWN'], invalid: ['ID_INVALID'] } })
  async entries(@Param('orderId', IdParam) orderId: string, @Query() query: PageQuery): Promise<Page<CloudEvent>> {
    const [after] = readCursor(query.cursor, 'count') ?? [0];
    return pageOf(await this.journals.entries(orderId, after, limitOf(query) + 1), query, ({ sequence = 0 }) => [sequence]);
  }
}
