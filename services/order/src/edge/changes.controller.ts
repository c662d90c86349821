import type { Meta } from '@cartage/eventsourcing';
import { answered, Answers, CommandMeta, commandHeaders, IdParam, IsLineId } from '@cartage/service-kit';
import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Changed, Changes, OrderStanding } from '../app/changes';
import { reasonOf } from './cancellations.dto';
import { HoldDto, LostParcelsDto, PaymentsDto, ReleaseDto, ResendDto, ShortageDto } from './changes.dto';
import { standing } from './orders.answers';

export const CHANGES = Symbol('changes of orders');

class ShortagePath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  orderId!: string;

  @ApiProperty({ example: '1' })
  @IsLineId()
  lineId!: string;
}

class ShipGroupPath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  orderId!: string;

  @ApiProperty({ example: '1' })
  @IsLineId()
  shipGroupId!: string;
}

const answerOf = (reply: FastifyReply, changed: Changed): OrderStanding => {
  answered(reply, changed);
  return changed.answer;
};

/** What people do to an order that does not go on by itself. */
@ApiTags('orders')
@Controller('orders')
export class ChangesController {
  constructor(@Inject(CHANGES) private readonly changes: Changes) {}

  @Post(':orderId/holds')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hold an order, a ship group or lines of it: what has not been handed over stays where it is.' })
  @Answers(200, standing, {
    headers: commandHeaders,
    refuses: { unknown: ['ORDER_UNKNOWN'], conflict: ['ORDER_ENDED', 'NOTHING_TO_HOLD'], invalid: ['HOLD_INVALID', 'ID_INVALID'] },
  })
  async hold(
    @Param('orderId', IdParam) orderId: string,
    @Body() { type, lines, shipGroupId, until, ...asked }: HoldDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderStanding> {
    const hold = { type, lines, shipGroupId, until, reason: reasonOf(asked, meta.actor) };
    return answerOf(reply, await this.changes.hold(orderId, hold, meta));
  }

  @Post(':orderId/holds/:holdId/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Release a hold that a person applied, or one that waits for a person; the others end when their cause does.' })
  @Answers(200, standing, {
    headers: commandHeaders,
    refuses: { unknown: ['ORDER_UNKNOWN', 'HOLD_UNKNOWN'], conflict: ['HOLD_ENDS_BY_ITSELF'], invalid: ['ID_INVALID'] },
  })
  async release(
    @Param('orderId', IdParam) orderId: string,
    @Param('holdId', IdParam) holdId: string,
    @Body() { by = 'operator' }: ReleaseDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderStanding> {
    return answerOf(reply, await this.changes.release(orderId, holdId, { by, actor: meta.actor }, meta));
  }

  @Post(':orderId/shortages/:lineId')
  @HttpCode(200)
  @ApiOperation({ summary: 'Choose what becomes of a line that is not in stock.' })
  @Answers(200, standing, {
    headers: commandHeaders,
    refuses: {
      unknown: ['ORDER_UNKNOWN', 'LINE_UNKNOWN'],
      conflict: ['LINE_NOT_SHORT', 'ORDER_ENDED', 'EDIT_PENDING'],
      invalid: ['SUBSTITUTE_MISSING', 'EDIT_INVALID'],
    },
  })
  async shortage(
    @Param() { orderId, lineId }: ShortagePath,
    @Body() { choice, substitute, ...asked }: ShortageDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderStanding> {
    const chosen = { lineId, choice, substitute, reason: reasonOf(asked, meta.actor) };
    return answerOf(reply, await this.changes.chooseForShortage(orderId, chosen, meta));
  }

  @Post(':orderId/lost-parcels')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say what the customer gets for parcels that the carrier lost.',
    description: 'The hold `parcel-lost` ends by it. A parcel that turns up afterwards stays with the customer.',
  })
  @Answers(200, standing, {
    headers: commandHeaders,
    refuses: { unknown: ['ORDER_UNKNOWN'], conflict: ['ORDER_ENDED', 'PARCEL_NOT_LOST', 'RESEND_NOT_PAID'], invalid: ['ID_INVALID'] },
  })
  async resolveLost(
    @Param('orderId', IdParam) orderId: string,
    @Body() { shipmentId, parcels, choice, ...asked }: LostParcelsDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderStanding> {
    const decided = { shipmentId, parcels, choice, reason: reasonOf(asked, meta.actor) };
    return answerOf(reply, await this.changes.resolveLost(orderId, decided, meta));
  }

  @Post(':orderId/ship-groups/:shipGroupId/resend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send digital goods once more, perhaps with another link or key. Nothing is charged for it.' })
  @Answers(200, standing, {
    headers: commandHeaders,
    refuses: { unknown: ['ORDER_UNKNOWN', 'SHIP_GROUP_UNKNOWN', 'PERSONAL_ERASED'], conflict: ['NOTHING_DELIVERED'] },
  })
  async resend(
    @Param() { orderId, shipGroupId }: ShipGroupPath,
    @Body() { reference, ...asked }: ResendDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderStanding> {
    const again = { shipGroupId, reference, reason: reasonOf(asked, meta.actor) };
    return answerOf(reply, await this.changes.resend(orderId, again, meta));
  }

  @Post(':orderId/payments')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give another way to pay, in place of one that came to nothing or for what became due since.' })
  @Answers(200, standing, {
    headers: commandHeaders,
    refuses: {
      unknown: ['ORDER_UNKNOWN'],
      conflict: ['ORDER_ENDED', 'PAYMENT_NOT_NEEDED'],
      invalid: ['PAYMENT_INVALID', 'PAYMENT_TOTAL_MISMATCH', 'PAYMENT_NOT_REPLACEABLE', 'ID_INVALID'],
    },
  })
  async pay(
    @Param('orderId', IdParam) orderId: string,
    @Body() body: PaymentsDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderStanding> {
    return answerOf(reply, await this.changes.pay(orderId, body, meta));
  }
}
