// @ts-check
import './session-bar.js';
import { startCodeTools } from './code-tools.js';

startCodeTools();
