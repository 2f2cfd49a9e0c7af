# Your answers. Fill in what a step asks for and run the whole file: it writes C:\Labs\answers.json, which the checks read.
# Ids of apps are written without the revision: 0f9d5c2e-… and not 0f9d5c2e-…_1.
$answers = [ordered]@{

    # Steps 1 and 2. Each key under Win32Apps that stands for the device or a user, and whose it is:
    # the account name (as in C:\Users), or 'device'.
    Users = @{
        # '00000000-0000-0000-0000-000000000000' = ''
    }

    # Step 3. Ids of the apps by what their ComplianceStateMessage says.
    States = @{
        Installed    = @()
        NotInstalled = @()
        Error        = @()
        Unknown      = @()
        Cleanup      = @()
    }

    # Step 4. Names of apps. Where the installer failed: its exit code, as the installer returned it.
    InstallerFailed = @{
        # 'Contoso App' = 0
    }
    # Where the installer ended well and the app was not found afterwards.
    NotDetected = @()
    # Where the requirements are not met: the number in Applicability.
    NotApplicable = @{
        # 'Contoso App' = 0
    }

    # Step 5. Ids of the apps in GRS, and when GRS ends for each, in UTC: '2026-11-25T08:55:35Z'.
    Grs = @{
        # '00000000-0000-0000-0000-000000000000' = ''
    }
}
$answers | ConvertTo-Json -Depth 4 | Set-Content -Path C:\Labs\answers.json -Encoding UTF8
Write-Host 'Saved C:\Labs\answers.json'
