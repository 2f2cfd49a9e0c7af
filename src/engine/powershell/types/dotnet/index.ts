/** Loading this file fills the table of .NET types and members. */
import './string.ts';
import './number.ts';
import './collections.ts';
import './comparers.ts';
import './culture.ts';
import './date-time.ts';
import './time-span.ts';
import './guid.ts';
import './version.ts';
import './regex.ts';
import './type.ts';
import './exception.ts';
