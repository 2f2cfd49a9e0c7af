import { describe, expect, it } from 'vitest';
import { MemoryHost } from '../../support/memory-host.ts';
import { newSession, run } from '../../support/powershell-cases.ts';

/** What a script writes, line by line. */
function lines(script: string, dialect: 'core' | 'desktop' = 'core', host?: MemoryHost): string[] {
  let out = '';
  run(
    newSession(dialect, (text) => (out += text), host ?? new MemoryHost({ newline: '\n' })),
    script,
  );
  return out.split('\n').slice(0, -1);
}

describe('numbers as text', () => {
  it('rounds halves of a double to the even digit in 7, away from zero in 5.1', () => {
    const script = "'{0:N1} {0:F0} {1:F2}' -f 2.25, 1.005";
    expect([lines(script), lines(script, 'desktop')]).toEqual([['2.2 2 1.00'], ['2.3 2 1.01']]);
  });
  it.each([
    ["'{0:C} {1:C}' -f 9.5, -1", '$9.50 ($1.00)'],
    ["'{0:P1}' -f 0.256", '25.6%'],
    ["'{0:#,##0.00;(#,##0.00);zero}|{1:#,##0.00;(#,##0.00);zero}' -f -1234.5, 0", '(1,234.50)|zero'],
    ["'{0:0.00e+00} {0:E2} {1:G3}' -f 12345.678, 0.00001234", '1.23e+04 1.23E+004 1.23E-05'],
    ["'{0:X} {1:x4} {2:D5}' -f -1, 255, -42", 'FFFFFFFF 00ff -00042'],
    ["'{0:0,,.0}M {1:0%} {2:\\#0}' -f 12345678, 0.5, 7", '12.3M 50% #7'],
    ["'{0:N0} {0:G}' -f [decimal]'1234567.50'", '1,234,568 1234567.50'],
    ['"$(1/3) $(0.1+0.2)"; (1/3).ToString()', '0.333333333333333 0.3', '0.3333333333333333'],
  ])('%s', (script, ...expected) => {
    expect(lines(script)).toEqual(expected);
  });
  it('tells where a composite format breaks', () => {
    expect(
      lines(
        "'{0', '}', '{x}', '{0,y}' | ForEach-Object { try { [string]::Format($_, 1) } catch { $_.Exception.InnerException.Message } }",
      ),
    ).toEqual([
      'Input string was not in a correct format. Failure to parse near offset 2. Format item ends prematurely.',
      'Input string was not in a correct format. Failure to parse near offset 1. Format item ends prematurely.',
      'Input string was not in a correct format. Failure to parse near offset 1. Expected an ASCII digit.',
      'Input string was not in a correct format. Failure to parse near offset 3. Expected an ASCII digit.',
    ]);
  });
});

describe('dates', () => {
  it.each([
    ['2024-02-29', '2024-02-29T00:00:00 Unspecified'],
    ['2/3/2024 4:05 PM', '2024-02-03T16:05:00 Unspecified'],
    ['3 Feb 2024', '2024-02-03T00:00:00 Unspecified'],
    ['February 3, 2024 04:05:06', '2024-02-03T04:05:06 Unspecified'],
    ['Sat, 03 Feb 2024 04:05:06 GMT', '2024-02-03T04:05:06 Local'],
    ['2024-02-03T04:05:06.789Z', '2024-02-03T04:05:06 Local'],
    ['2/3/49', '2049-02-03T00:00:00 Unspecified'],
  ])('reads %s', (text, expected) => {
    expect(lines(`$d = [datetime]'${text}'; "$($d.ToString('s')) $($d.Kind)"`)).toEqual([expected]);
  });
  it.each(['2024-13-01', '2024-02-30', '25:00', 'Sun, 03 Feb 2024', 'soon', '20240203'])(
    'refuses %s',
    (text) => {
      expect(lines(`try { [datetime]'${text}' } catch { 'refused' }`)).toEqual(['refused']);
    },
  );
  it('formats', () => {
    expect(
      lines(
        "$d = [datetime]::new(2024,2,3,16,5,6,7); 'd','D','f','g','G','M','o','s','t','u','y','%d','h:m tt','yy/MM ddd fff','yyyy\\Y''q''' | ForEach-Object { $d.ToString($_) }",
      ),
    ).toEqual([
      '2/3/2024',
      'Saturday, February 3, 2024',
      'Saturday, February 3, 2024 4:05 PM',
      '2/3/2024 4:05 PM',
      '2/3/2024 4:05:06 PM',
      'February 3',
      '2024-02-03T16:05:06.0070000',
      '2024-02-03T16:05:06',
      '4:05 PM',
      '2024-02-03 16:05:06Z',
      'February 2024',
      '3',
      '4:5 PM',
      '24/02 Sat 007',
      '2024Yq',
    ]);
  });
  it('reads what an exact format says and nothing else', () => {
    expect(
      lines(
        "[datetime]::ParseExact('20240203-1605','yyyyMMdd-HHmm',$null).ToString('s'); $o = $null; [datetime]::TryParseExact('3/2/24','d/M/yy',[cultureinfo]::InvariantCulture,'None',[ref]$o); $o.ToString('s'); [datetime]::TryParseExact('3/2/2024','dd/MM/yyyy',[cultureinfo]::InvariantCulture,'None',[ref]$o)",
      ),
    ).toEqual(['2024-02-03T16:05:00', 'True', '2024-02-03T00:00:00', 'False']);
  });
});

it('reads and writes time spans', () => {
  expect(
    lines(
      "'1:2','1.02:03:04.5','7','-0:30' | ForEach-Object { ([timespan]$_).ToString() }; [timespan]::FromHours(25.5).ToString('d\\.hh\\:mm'); [timespan]::new(0,1,2).ToString('g')",
    ),
  ).toEqual(['01:02:00', '1.02:03:04.5000000', '7.00:00:00', '-00:30:00', '1.01:30', '0:01:02']);
});

it('hashes as .NET does', () => {
  expect(
    lines(
      "foreach ($n in 'MD5','SHA1','SHA256') { $h = [System.Security.Cryptography.HashAlgorithm]::Create($n); [BitConverter]::ToString($h.ComputeHash([Text.Encoding]::UTF8.GetBytes('abc'))).Replace('-','') }; [Convert]::ToHexString([System.Security.Cryptography.HMACSHA256]::new([byte[]](1,2)).ComputeHash([byte[]](3)))",
    ),
  ).toEqual([
    '900150983CD24FB0D6963F7D28E17F72',
    'A9993E364706816ABA3E25717850C26C9CD0D89D',
    'BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD',
    'DF51251C73D7F489A3422C5E6196FB4BF0D3DE8BE751881CE8D08E1CA9AD1DD3',
  ]);
});

describe('XML', () => {
  it('selects by XPath', () => {
    expect(
      lines(
        `$x = [xml]'<r xmlns:p="urn:p"><a id="1"><b>x</b></a><a id="2"><b>y</b><p:c/></a></r>'
$n = [System.Xml.XmlNamespaceManager]::new($x.NameTable); $n.AddNamespace('q', 'urn:p')
'//a[@id="2"]/b','//a[last()]/@id','//b[text()="x"]/..','/r/a[b="y"]','//b[position()=1 and starts-with(.,"x")]','//a[count(b)=1 and not(@id="1")]' | ForEach-Object { $x.SelectSingleNode($_).OuterXml }
$x.SelectNodes('//q:c | //b', $n).Count; $x.CreateNavigator().Evaluate('sum(//a/@id)')`,
      ),
    ).toEqual([
      '<b>y</b>',
      'id="2"',
      '<a id="1"><b>x</b></a>',
      '<a id="2"><b>y</b><p:c xmlns:p="urn:p" /></a>',
      '<b>x</b>',
      '<a id="2"><b>y</b><p:c xmlns:p="urn:p" /></a>',
      '3',
      '3',
    ]);
  });
  it('says where a document breaks', () => {
    expect(
      lines(
        "'<a><b></a>','<a>','<a b=1/>','<a/><b/>','<a>&x;</a>','<p:a/>','x<a/>','<a b=\"1\" b=\"2\"/>' | ForEach-Object { try { $d = [System.Xml.XmlDocument]::new(); $d.LoadXml($_) } catch { $_.Exception.InnerException.Message } }",
      ),
    ).toEqual([
      "The 'b' start tag on line 1 position 5 does not match the end tag of 'a'. Line 1, position 9.",
      'Unexpected end of file has occurred. The following elements are not closed: a. Line 1, position 4.',
      `'1' is an unexpected token. The expected token is '"' or '''. Line 1, position 6.`,
      'There are multiple root elements. Line 1, position 6.',
      "Reference to undeclared entity 'x'. Line 1, position 5.",
      "'p' is an undeclared prefix. Line 1, position 2.",
      'Data at the root level is invalid. Line 1, position 1.',
      "'b' is a duplicate attribute name. Line 1, position 10.",
    ]);
  });
});

it('knows who runs', () => {
  expect(
    lines(
      "$i = [Security.Principal.WindowsIdentity]::GetCurrent(); $i.Name; $i.User.Value; ([Security.Principal.WindowsPrincipal]$i).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator); ([Security.Principal.SecurityIdentifier]'S-1-5-18').Translate([Security.Principal.NTAccount]).Value",
    ).slice(-1),
  ).toEqual(['NT AUTHORITY\\SYSTEM']);
});

it('writes files through the device', () => {
  const host = new MemoryHost({ newline: '\n' });
  expect(
    lines(
      `$p = [IO.Path]::Combine($TestDrive, 'a.txt'); [IO.File]::WriteAllText($p, 'é', [Text.UTF8Encoding]::new($true)); [IO.File]::ReadAllBytes($p) -join ','
$w = [IO.StreamWriter]::new($p, $true); $w.WriteLine('two {0}', 2); $w.Close(); [IO.File]::ReadAllLines($p) -join '|'
$r = [IO.StreamReader]::new($p); while (-not $r.EndOfStream) { $r.ReadLine() }; $r.Dispose()
try { [IO.File]::ReadAllText("$TestDrive\\none.txt") } catch { $_.Exception.InnerException.GetType().Name }`,
      'core',
      host,
    ),
  ).toEqual(['239,187,191,195,169', 'étwo 2', 'étwo 2', 'FileNotFoundException']);
});

it('refuses what .NET refuses', () => {
  expect(
    lines(
      "[int]::Parse; try { [int]::Parse('x') } catch { $_.Exception.InnerException.GetType().FullName }; try { 'abc'.Substring(5) } catch { $_.Exception.Message }; try { [convert]::FromBase64String('*') } catch { 'no base 64' }; try { [guid]'nope' } catch { $_.FullyQualifiedErrorId }; try { [No.Such]::X } catch { $_.FullyQualifiedErrorId }".replace(
        '[int]::Parse; ',
        '',
      ),
    ),
  ).toEqual([
    'System.FormatException',
    `Exception calling "Substring" with "1" argument(s): "startIndex cannot be larger than length of string. (Parameter 'startIndex')"`,
    'no base 64',
    'InvalidCastParseTargetInvocationWithFormatProvider',
    'TypeNotFound',
  ]);
});
