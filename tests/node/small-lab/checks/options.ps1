[pscustomobject]@{ Id = 'kept'; Text = 'kept'; Correct = $true; Explanation = 'It is what you write.' }
[pscustomobject]@{ Id = 'gone'; Text = 'gone'; Correct = $false; Explanation = 'Nobody deletes it.' }
