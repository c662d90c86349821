import { integer, list, object, oneOf, optional, orderId, text, time, uuid, currency, money } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import { answerOf, Answers, bytes, CommandMeta, IdParam, Public, RequestMeta } from '@cartage/service-kit';
import { Body, Controller, Delete, Get, Header, Headers, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { MadePayLink, OpenedPayLink, PayLinks } from '../../app/pay-links';
import { payLinkStatuses } from '../../domain/pay-links';
import { pageHeaders, payLinkPage } from './pay-link-page';
import { PayLinkDto } from './pay-links.dto';

export const PAY_LINKS = Symbol('pay links');

const opened = {
  status: oneOf(
    payLinkStatuses,
    '`begun`: go on at `action`; `waiting`: a person looks at the payment first; `refused`: it cannot be paid by this link any more.',
  ),
  currency: currency(),
  exponent: integer('How many digits of the amount stand after its point.'),
  due: money('What is due now, and would be paid; not what was due when the link was made.'),
  expiresAt: time('It cannot be opened any more then.'),
  action: optional(
    object(
      { kind: text('`redirect`, `transfer` or `approve-in-app`.'), url: optional(text()), reference: optional(text()) },
      'What the customer has to do.',
    ),
  ),
};
const openedLink = answerOf<OpenedPayLink>()('OpenedPayLink', object(opened));
const made = object({
  orderId,
  linkId: uuid(),
  token: text('What stands in its address.'),
  url: text('What the customer opens.'),
  ...opened,
});
const madeLink = answerOf<MadePayLink>()('PayLink', made);

interface LinksShown {
  readonly items: readonly MadePayLink[];
}
const madeLinks = answerOf<LinksShown>()('PayLinks', object({ items: list(made, 'Oldest first.') }));

const unknownPayment = { unknown: ['PAYMENT_UNKNOWN'] };
const unknownLink = ['PAY_LINK_UNKNOWN'];

/** Links to what is due of an order: made by people. */
@ApiTags('payments')
@Controller('payments/:orderId/links')
export class PayLinksController {
  constructor(@Inject(PAY_LINKS) private readonly links: PayLinks) {}

  @Post()
  @ApiOperation({ summary: 'A link by which whoever has it pays what is due of the order: the one that is live, or a new one' })
  @Answers(201, madeLink, { refuses: { ...unknownPayment, conflict: ['NOTHING_DUE', 'PAYMENT_UNDER_REVIEW'] } })
  make(@Param('orderId', IdParam) id: string, @Body() { hours, send }: PayLinkDto, @CommandMeta() meta: Meta): Promise<MadePayLink> {
    return this.links.make({ orderId: id, hours, send }, meta);
  }

  @Get()
  @ApiOperation({ summary: 'The links that were made for the order, as they stand' })
  @Answers(200, madeLinks, { refuses: unknownPayment })
  async list(@Param('orderId', IdParam) id: string): Promise<LinksShown> {
    return { items: await this.links.list(id) };
  }

  @Delete(':linkId')
  @ApiOperation({ summary: 'Take a link back: nothing is begun by it any more' })
  @Answers(200, madeLink, { refuses: { unknown: ['PAYMENT_UNKNOWN', 'PAY_LINK_UNKNOWN'] } })
  revoke(@Param('orderId', IdParam) id: string, @Param('linkId', IdParam) linkId: string, @RequestMeta() meta: Meta): Promise<MadePayLink> {
    return this.links.revoke({ orderId: id, linkId }, meta);
  }
}

/** The same for whoever has the link: nothing personal, and nothing of the order but what is due. */
@ApiTags('payments')
@Controller('payments/links/:token')
export class OpenedPayLinksController {
  constructor(@Inject(PAY_LINKS) private readonly links: PayLinks) {}

  @Get()
  @Public('link')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'What is due, for whoever has the link. Nothing personal.' })
  @Answers(200, openedLink, { refuses: { unknown: unknownLink } })
  open(@Param('token') token: string): Promise<OpenedPayLink> {
    return this.links.open(token);
  }

  @Get('page')
  @Public('link')
  @ApiProduces('text/html')
  @ApiOperation({ summary: 'The same as a page, in the language of the browser' })
  @Answers(200, bytes, { refuses: { unknown: unknownLink } })
  async page(
    @Param('token') token: string,
    @Headers('accept-language') accepted: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const link = await this.links.open(token);
    void reply.headers(pageHeaders).send(payLinkPage(link, accepted));
  }

  @Post('payments')
  @Public('link')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Begin to pay what is due, or go on with what was begun' })
  @Answers(200, openedLink, {
    refuses: {
      unknown: unknownLink,
      conflict: ['PAY_LINK_PAID', 'PAY_LINK_EXPIRED', 'PAY_LINK_REVOKED', 'PAYMENT_UNDER_REVIEW', 'PAYMENT_REFUSED'],
    },
  })
  pay(@Param('token') token: string, @RequestMeta() meta: Meta): Promise<OpenedPayLink> {
    return this.links.pay(token, meta);
  }
}
