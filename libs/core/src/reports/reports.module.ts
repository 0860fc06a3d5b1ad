import { Module } from '@nestjs/common';
import { ReportsController } from './http/reports.controller.js';
import { Reports } from './reports.js';
import { SignOffs } from './sign-off.js';

/** Reports and their sign-offs, with their API. */
@Module({ controllers: [ReportsController], providers: [Reports, SignOffs], exports: [Reports, SignOffs] })
export class ReportsModule {}
