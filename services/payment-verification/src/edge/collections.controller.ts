import type { Meta } from '@cartage/eventsourcing';
import { Answers, answered, commandHeaders, CommandMeta, IdParam, IsCode, IsMoney, IsPlainText } from '@cartage/service-kit';
import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { byOperator } from '../app/balances/entries';
import type { Interventions } from '../app/interventions';
import { accountOf, type PaymentAccount } from '../app/payment-account';
import type { Payments } from '../app/payments';
import type { HandledPayment } from '../app/settling';
import { shortWaysOut, type ShortWayOut } from '../domain/ledger';
import { account } from './account.answers';
import { INTERVENTIONS } from './interventions.controller';
import { PAYMENTS } from './payments.controller';

class CollectionReasonDto {
  @ApiProperty({ example: 'customer-had-less', description: 'Why: a stable code.' })
  @IsCode()
  readonly reasonCode!: string;

  @ApiPropertyOptional({ maxLength: 500, description: 'In words. Kept for ever: nothing personal.' })
  @IsOptional()
  @IsPlainText(500)
  readonly detail?: string;
}

export class ShortCollectionDto extends CollectionReasonDto {
  @ApiProperty({ description: 'What the carrier took at the door in all; 0: nothing. Minor units of the payment’s currency.' })
  @IsMoney()
  readonly collected!: number;
}

export class ShortCollectionEndDto extends CollectionReasonDto {
  @ApiProperty({
    enum: shortWaysOut,
    description: '`collected`: the carrier came again; `claim`: the carrier owes it; `write-off`: nobody will pay it.',
  })
  @IsIn(shortWaysOut)
  readonly resolution!: ShortWayOut;

  @ApiPropertyOptional({ description: 'Minor units of the payment’s currency; absent: all that is missing.' })
  @IsOptional()
  @IsMoney({ least: 1 })
  readonly amount?: number;
}

const unknown = ['PAYMENT_UNKNOWN', 'PAYMENT_PENDING', 'SHIPMENT_UNKNOWN'] as const;

/** What a person does about cash that was not, or not all, taken at the door. */
@ApiTags('payments')
@Controller('payments/:orderId/collections/:shipmentId')
export class CollectionsController {
  constructor(
    @Inject(PAYMENTS) private readonly payments: Payments,
    @Inject(INTERVENTIONS) private readonly interventions: Interventions,
  ) {}

  @Post('short')
  @ApiOperation({ summary: 'Record that the carrier took less at the door than a delivery means, or nothing' })
  @Answers(200, account, {
    headers: commandHeaders,
    refuses: { unknown, conflict: ['PAYMENT_NOT_PROMISED'], invalid: ['COD_NOT_SHORT', 'COD_REMITTED_MORE', 'ID_INVALID'] },
  })
  async short(
    @Param('orderId', IdParam) orderId: string,
    @Param('shipmentId', IdParam) shipmentId: string,
    @Body() body: ShortCollectionDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    const short = { orderId, shipmentId, collected: body.collected, reason: byOperator(body.reasonCode, meta, body.detail) };
    return this.answer(orderId, await this.interventions.codShort(short, meta), reply);
  }

  @Post('resolution')
  @ApiOperation({ summary: 'Say how what was missing at the door ended: collected again, claimed from the carrier, written off' })
  @Answers(200, account, {
    headers: commandHeaders,
    refuses: { unknown, conflict: ['PAYMENT_NOT_PROMISED', 'NOTHING_SHORT'], invalid: ['COD_RESOLVES_TOO_MUCH', 'ID_INVALID'] },
  })
  async resolve(
    @Param('orderId', IdParam) orderId: string,
    @Param('shipmentId', IdParam) shipmentId: string,
    @Body() body: ShortCollectionEndDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    const { resolution, amount } = body;
    const end = {
      orderId,
      shipmentId,
      resolution,
      reason: byOperator(body.reasonCode, meta, body.detail),
      ...(amount === undefined ? {} : { amount }),
    };
    return this.answer(orderId, await this.interventions.resolveCodShort(end, meta), reply);
  }

  private async answer(orderId: string, handled: HandledPayment, reply: FastifyReply): Promise<PaymentAccount> {
    answered(reply, handled);
    return accountOf(await this.payments.read(orderId, { version: handled.version }));
  }
}
