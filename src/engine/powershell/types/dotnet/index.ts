/** Loading this file fills the table of .NET types and members. */
import './string.ts';
import './number.ts';
import './collections.ts';
import './comparers.ts';
