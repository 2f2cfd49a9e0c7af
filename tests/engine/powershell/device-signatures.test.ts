import { describe, expect, it } from 'vitest';
import { TestWorld } from '../../support/test-world.ts';

const file = 'C:\\Labs\\signed.ps1';
/** A certificate of the machine and a script that it signed, in `$c` and `$s`. */
const sign = [
  "$c = New-SelfSignedCertificate -Subject 'CN=Lab Signing, O=Contoso' -Type CodeSigningCert -CertStoreLocation Cert:\\LocalMachine\\My",
  `Set-Content ${file} "'it runs'"`,
  `$s = Set-AuthenticodeSignature ${file} $c`,
];
const trust = (store: string): string =>
  `$x = [System.Security.Cryptography.X509Certificates.X509Store]::new('${store}', 'LocalMachine'); $x.Open('ReadWrite'); $x.Add($c); $x.Close()`;
const run = `powershell -ExecutionPolicy AllSigned -File ${file}`;
const tamper = `(Get-Content ${file} -Raw).Replace('it runs', 'it ran') | Set-Content ${file} -NoNewline`;
const refused = (reason: string): string =>
  [
    `File ${file} cannot be loaded. ${reason}.`,
    '    + CategoryInfo          : SecurityError: (:) [], ParentContainsErrorRecordException',
    '    + FullyQualifiedErrorId : UnauthorizedAccess',
  ].join('\n');

class Signing extends TestWorld {
  static begin(): Signing {
    return Signing.withApps([]).open('one') as Signing;
  }
}

/** Types lines and gives what the last one has shown. */
function shows(world: TestWorld, ...lines: readonly string[]): string {
  for (const line of lines.slice(0, -1)) world.type('one', line);
  const before = world.shown('one').length;
  world.type('one', lines.at(-1) ?? '');
  return world.shown('one').slice(before).replace(/\r\n/g, '\n').replace(/ +$/gm, '').trim();
}

describe('a script signed on the device', () => {
  it('goes from unknown root to trusted publisher, and is refused when it was changed', () => {
    const world = Signing.begin();
    expect(shows(world, ...sign, '$s.Status; $s.StatusMessage')).toBe(
      'UnknownError\nA certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider',
    );
    expect(shows(world, run)).toBe(
      refused(
        'A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider',
      ),
    );
    expect(shows(world, trust('Root'), `(Get-AuthenticodeSignature ${file}).StatusMessage`)).toBe(
      'Signature verified.',
    );
    // Its publisher is not known yet: PowerShell asks.
    expect(shows(world, run)).toContain('Do you want to run software from this untrusted publisher?');
    expect(shows(world, 'r')).toBe('it runs');
    expect(shows(world, trust('TrustedPublisher'), run)).toBe('it runs');
    const changed = `The contents of file ${file} might have been changed by an unauthorized user or process, because the hash of the file does not match the hash stored in the digital signature. The script cannot run on the specified system. For more information, run Get-Help about_Signing.`;
    expect(shows(world, tamper, `(Get-AuthenticodeSignature ${file}).Status`)).toBe('HashMismatch');
    expect(shows(world, run)).toBe(refused(changed));
    // Signed anew it is valid again.
    expect(shows(world, `Set-AuthenticodeSignature ${file} $c`)).toBe(
      [
        '    Directory: C:\\Labs'.trim(),
        '',
        '',
        'SignerCertificate                         Status                                 Path',
        '-----------------                         ------                                 ----',
        `${shows(world, '$c.Thumbprint')}  Valid                                  signed.ps1`,
      ].join('\n'),
    );
  });

  it('keeps its bytes before the block, whatever their encoding', () => {
    const world = Signing.begin();
    const text = "'Grüße'";
    shows(world, ...sign.slice(0, 1), trust('Root'));
    for (const encoding of ['UTF8', 'Unicode', 'Default']) {
      const bytes = `[Convert]::ToBase64String([IO.File]::ReadAllBytes('${file}')`;
      expect(
        shows(
          world,
          `Set-Content ${file} "${text}" -Encoding ${encoding}; $n = (Get-Item ${file}).Length; $b = ${bytes})`,
          `$s = Set-AuthenticodeSignature ${file} $c; "$($s.Status) $(${bytes}, 0, $n) -eq $b)"`,
        ),
      ).toBe('Valid True');
    }
  });

  it('cannot be signed with a certificate that is not for code, and a user cannot make one of the machine', () => {
    const world = Signing.begin();
    expect(
      shows(
        world,
        '$w = New-SelfSignedCertificate -DnsName web.contoso.com -CertStoreLocation Cert:\\CurrentUser\\My',
        `Set-Content ${file} "'x'"; try { Set-AuthenticodeSignature ${file} $w } catch { $_.Exception.Message }`,
      ),
    ).toBe('Cannot sign code. The specified certificate is not suitable for code signing.');
    expect(
      world.powershell(
        'try { New-SelfSignedCertificate -Subject CN=x -CertStoreLocation Cert:\\LocalMachine\\My } catch { $_.Exception.Message }',
        'user',
      ),
    ).toBe(
      'CertEnroll::CX509Enrollment::_CreateRequest: Access denied. 0x80090010 (-2146893808 NTE_PERM)\r\n',
    );
  });

  it('is distrusted where its publisher is', () => {
    const world = Signing.begin();
    expect(
      shows(world, ...sign, trust('Root'), trust('Disallowed'), `(Get-AuthenticodeSignature ${file}).Status`),
    ).toBe('NotTrusted');
    expect(shows(world, run)).toContain(
      `File ${file} is published by CN=Lab Signing, O=Contoso. This publisher is explicitly not trusted on your system.`,
    );
  });

  it('goes to another device as a file: Export-Certificate and Import-Certificate', () => {
    const world = Signing.begin();
    expect(
      shows(
        world,
        ...sign,
        '$null = Export-Certificate -Cert $c -FilePath C:\\Labs\\c.cer',
        'Import-Certificate C:\\Labs\\c.cer -CertStoreLocation Cert:\\LocalMachine\\Root | Format-List Subject, HasPrivateKey',
      ),
    ).toBe('Subject       : CN=Lab Signing, O=Contoso\nHasPrivateKey : False');
    expect(shows(world, `(Get-AuthenticodeSignature ${file}).Status`)).toBe('Valid');
    expect(shows(world, 'certutil -addstore TrustedPublisher C:\\Labs\\c.cer', run)).toBe('it runs');
    expect(
      shows(
        world,
        'Remove-Item "Cert:\\LocalMachine\\Root\\$($c.Thumbprint)"',
        `(Get-AuthenticodeSignature ${file}).Status`,
      ),
    ).toBe('UnknownError');
    expect(
      shows(
        world,
        '(Get-ChildItem Cert:\\LocalMachine\\My -CodeSigningCert).EnhancedKeyUsageList.FriendlyName',
      ),
    ).toBe('Code Signing');
  });
});

describe('a module file', () => {
  it('is held to the execution policy like a script', () => {
    const world = Signing.begin();
    const load =
      'powershell -ExecutionPolicy AllSigned -Command "Import-Module C:\\Labs\\m.psm1; Get-Answer"';
    shows(world, ...sign, trust('Root'), trust('TrustedPublisher'));
    world.type('one', "Set-Content C:\\Labs\\m.psm1 'function Get-Answer { 42 }'");
    expect(shows(world, load)).toContain('The file C:\\Labs\\m.psm1 is not digitally signed.');
    expect(shows(world, '$null = Set-AuthenticodeSignature C:\\Labs\\m.psm1 $c', load)).toBe('42');
  });
});
