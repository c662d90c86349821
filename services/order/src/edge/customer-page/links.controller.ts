import { integer, nullable, object, text, time, uuid } from '@cartage/contracts';
import {
  Actor,
  answerOf,
  Answers,
  IdParam,
  limitOf,
  Needs,
  NoPreview,
  pageAnswer,
  pageOf,
  PageQuery,
  readCursor,
  type Page,
} from '@cartage/service-kit';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { CustomerLinks, GivenLink, LinkPlace, MadeLink } from '../../app/customer-page/customer-links';
import { OrderLinkDto, USUAL_DAYS } from './customer-page.dto';

export const CUSTOMER_LINKS = Symbol('links of customers');

const made = answerOf<MadeLink>()(
  'OrderLink',
  object({
    linkId: uuid('By which it can be revoked.'),
    token: text('What stands in its address. It is told only now.'),
    path: text('Of the page, below the address of the API.'),
    url: nullable(text('Of the page, as customers reach it, by `ORDER_PAGE_URL`; null: that is not set.')),
    expiresAt: time('It cannot be opened any more then.'),
  }),
);

const given = answerOf<GivenLink>()(
  'GivenOrderLink',
  object({
    linkId: uuid(),
    madeBy: nullable(text('Who made it. Null: a message brought it.')),
    madeAt: nullable(time()),
    expiresAt: time('It cannot be opened any more then.'),
    lastUsedAt: nullable(time('When its page was looked at last; null: never.')),
    revokedBy: nullable(text()),
    revokedAt: nullable(time('Null: nobody ended it before its time.')),
  }),
);
const links = pageAnswer(given);

interface RevokedLinks {
  readonly revoked: number;
}
const revoked = answerOf<RevokedLinks>()('RevokedOrderLinks', object({ revoked: integer('So many that are known were open.') }));

const refuses = { unknown: ['ORDER_UNKNOWN'], invalid: ['ID_INVALID'] };

const afterIn = (cursor: string | undefined): LinkPlace | undefined => {
  const place = readCursor(cursor, 'instant', 'uuid');
  return place && { expiresAt: place[0], linkId: place[1] };
};

/** Links by which whoever bought an order sees it without an account: made, listed and revoked. */
@ApiTags('orders')
@Controller('orders/:orderId/links')
export class CustomerLinksController {
  constructor(@Inject(CUSTOMER_LINKS) private readonly links: CustomerLinks) {}

  @Post()
  @Needs('orders:personal', 'orders:write')
  @HttpCode(200)
  @ApiOperation({
    summary: 'A link by which whoever bought an order sees it, and cancels, readdresses or sends back what can be, without an account.',
    description:
      'Its secret is not kept: it follows from what the link says. Mails have one of their own. Whoever has it sees where the order goes.',
  })
  @Answers(200, made, { refuses })
  make(@Param('orderId', IdParam) orderId: string, @Body() { days }: OrderLinkDto, @Actor() actor: string): Promise<MadeLink> {
    return this.links.make(orderId, days ?? USUAL_DAYS, actor);
  }

  @Get()
  @ApiOperation({
    summary: 'The links of an order that have not ended: who made them, when they were used last, and whether somebody revoked them.',
    description: 'Those that a message brought are known once they were opened. What ends last comes first.',
  })
  @Answers(200, links, { refuses })
  async list(@Param('orderId', IdParam) orderId: string, @Query() query: PageQuery): Promise<Page<GivenLink>> {
    const found = await this.links.list(orderId, afterIn(query.cursor), limitOf(query) + 1);
    return pageOf(found, query, ({ expiresAt, linkId }) => [expiresAt, linkId]);
  }

  @Delete(':linkId')
  @NoPreview()
  @ApiOperation({ summary: 'Revoke a link: it answers as one that has ended. Saying so twice changes nothing.' })
  @Answers(200, given, { refuses: { ...refuses, unknown: ['ORDER_UNKNOWN', 'LINK_UNKNOWN'] } })
  revoke(@Param('orderId', IdParam) orderId: string, @Param('linkId', IdParam) linkId: string, @Actor() actor: string): Promise<GivenLink> {
    return this.links.revoke(orderId, linkId, actor);
  }

  @Delete()
  @NoPreview()
  @ApiOperation({
    summary: 'Revoke all links of an order, also those of messages, whether they were opened before or not.',
    description:
      'Links of later messages open nothing either: whoever read the mails reads those, too. One that is made afterwards opens the page.',
  })
  @Answers(200, revoked, { refuses })
  async revokeAll(@Param('orderId', IdParam) orderId: string, @Actor() actor: string): Promise<RevokedLinks> {
    return { revoked: await this.links.revokeAll(orderId, actor) };
  }
}
