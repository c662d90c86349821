import { Refused, type Meta } from '@cartage/eventsourcing';
import { Answers, bytes, CommandMeta, IdParam, NoPreview, Public } from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import bwipjs from 'bwip-js';
import type { FastifyReply } from 'fastify';
import type { ReturnLabels } from '../../app/way-back/return-labels';
import type { ReturnNumbers } from '../../app/way-back/return-scans';
import type { Documents } from '../../app/documents';
import { DOCUMENTS, PRINT_DOCUMENTS, type DocumentPrinter } from '../documents/documents.controller';
import { BuyLabelDto } from '../shipments.dto';
import { shownWayBack, wayBackAnswer, type ShownWayBack } from './way-back.answers';

export const RETURN_LABELS = Symbol('return labels');
export const RETURN_NUMBERS = Symbol('return numbers');

/** It names the customer, or is worth money: no cache may keep it. */
const send = (reply: FastifyReply, type: string, content: Uint8Array | string): void =>
  void reply
    .headers({ 'Content-Type': type, 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex', 'Referrer-Policy': 'no-referrer' })
    .send(content);

const codeOf = (text: string): string => bwipjs.toSVG({ bcid: 'qrcode', text, scale: 4 });

const unknown = ['RETURN_LABEL_UNKNOWN'];
const gone = ['RETURN_NOT_LABELLED', 'PERSONAL_ERASED'];
const noPaper = [...gone, 'DOCUMENT_UNPRINTABLE', 'CUSTOMS_NOT_NEEDED'];
const noCode = ['RETURN_NOT_LABELLED', 'LABEL_FORMAT_UNKNOWN'];

/** Labels for the way back: for people here, and for whoever has the link. */
@ApiTags('shipping')
@Controller('shipping/return-labels')
export class ReturnLabelsController {
  constructor(
    @Inject(RETURN_LABELS) private readonly labels: ReturnLabels,
    @Inject(RETURN_NUMBERS) private readonly numbers: ReturnNumbers,
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(PRINT_DOCUMENTS) private readonly paper: DocumentPrinter,
  ) {}

  @Get(':returnId')
  @ApiOperation({ summary: 'The labels of a return, what they cost, and where their parcels are.' })
  @Answers(200, wayBackAnswer, { refuses: { unknown, invalid: ['ID_INVALID'] } })
  async get(@Param('returnId', IdParam) returnId: string): Promise<ShownWayBack> {
    return shownWayBack(returnId, await this.labels.get(returnId));
  }

  @Post(':returnId')
  @NoPreview()
  @HttpCode(200)
  @ApiOperation({ summary: 'Asks again for a label that no carrier gave; perhaps another carrier. One that is there stays.' })
  @Answers(200, wayBackAnswer, {
    refuses: { unknown, conflict: ['RETURN_ENDED'], invalid: ['ID_INVALID', 'CARRIER_UNKNOWN', 'SERVICE_UNKNOWN'] },
  })
  async retry(@Param('returnId', IdParam) returnId: string, @Body() wish: BuyLabelDto, @CommandMeta() meta: Meta): Promise<ShownWayBack> {
    return shownWayBack(returnId, await this.labels.retry(returnId, wish, meta));
  }

  @Get(':returnId/label.pdf')
  @ApiOperation({ summary: 'The label to print, 4 × 6 inches. Printing it again changes nothing.' })
  @ApiProduces('application/pdf')
  @Answers(200, bytes, { refuses: { unknown, conflict: gone, invalid: ['ID_INVALID'] } })
  async print(@Param('returnId', IdParam) returnId: string, @Res() reply: FastifyReply): Promise<void> {
    send(reply, 'application/pdf', await this.labels.print(returnId));
  }

  @Get(':returnId/customs.pdf')
  @ApiOperation({
    summary:
      'CN 22, CN 23 or a commercial invoice of returned goods, with the papers that they left by, where the parcel crosses a border.',
  })
  @ApiProduces('application/pdf')
  @Answers(200, bytes, { refuses: { unknown, conflict: noPaper, invalid: ['ID_INVALID'] } })
  async customs(@Param('returnId', IdParam) returnId: string, @Res() reply: FastifyReply): Promise<void> {
    send(reply, 'application/pdf', await this.paper.customs(await this.documents.customsOfReturn(returnId)));
  }

  @Get('links/:token/customs.pdf')
  @Public('link')
  @ApiOperation({ summary: 'The same for the customer, who puts it on the parcel beside the label.' })
  @ApiProduces('application/pdf')
  @Answers(200, bytes, { refuses: { unknown, conflict: noPaper } })
  async customsBehind(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    send(reply, 'application/pdf', await this.paper.customs(await this.documents.customsOfReturn(await this.behind(token))));
  }

  @Get('links/:token/label.pdf')
  @Public('link')
  @ApiOperation({ summary: 'The same for the customer, who has the link and needs nothing else.' })
  @ApiProduces('application/pdf')
  @Answers(200, bytes, { refuses: { unknown, conflict: gone } })
  async printBehind(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    send(reply, 'application/pdf', await this.labels.print(await this.behind(token)));
  }

  @Get('links/:token/code.svg')
  @Public('link')
  @ApiOperation({ summary: 'The QR code that a counter of the carrier prints the label from, for the customer.' })
  @ApiProduces('image/svg+xml')
  @Answers(200, bytes, { refuses: { unknown, conflict: noCode } })
  async codeBehind(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    send(reply, 'image/svg+xml', codeOf(await this.labels.counterCode(await this.behind(token))));
  }

  private async behind(token: string): Promise<string> {
    const returnId = await this.numbers.behind(token);
    if (returnId !== undefined) return returnId;
    throw new Refused('RETURN_LABEL_UNKNOWN', 'There is no label behind this link, or not yet.', 'unknown');
  }
}
