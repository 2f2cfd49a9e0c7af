[pscustomobject]@{ Passed = Test-Path C:\Labs\kept.txt; Expected = 'the file'; Found = "$(Test-Path C:\Labs\kept.txt)"; Where = 'C:\Labs\kept.txt' }
