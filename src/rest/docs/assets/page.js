// @ts-check
import { startCodeTools } from './code-tools.js';

startCodeTools();
