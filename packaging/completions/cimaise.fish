# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_cimaise_global_optspecs
    string join \n o/output= j/jobs= memory= explain keep-going skip-video cache-dir= strict allow= format= q/quiet v/verbose log-level= h/help V/version
end

function __fish_cimaise_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_cimaise_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_cimaise_using_subcommand
    set -l cmd (__fish_cimaise_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c cimaise -n "__fish_cimaise_needs_command" -s o -l output -d 'Folder of the finished site [default: SITE/build]' -r -F
complete -c cimaise -n "__fish_cimaise_needs_command" -s j -l jobs -d 'Number of photos to process in parallel [default: number of CPUs]' -r
complete -c cimaise -n "__fish_cimaise_needs_command" -l memory -d 'Memory limit, such as 512m or 2g [default: half of the available memory]' -r
complete -c cimaise -n "__fish_cimaise_needs_command" -l cache-dir -d 'Folder of the cache, which keeps rendered photos and the keys of protected galleries [default: SITE/.cimaise-cache]' -r -F
complete -c cimaise -n "__fish_cimaise_needs_command" -l allow -d 'Hide warnings with this code; repeat the option for several codes' -r
complete -c cimaise -n "__fish_cimaise_needs_command" -l format -d 'Format of messages; json prints the whole run as events to stdout' -r -f -a "human\t'Message, source lines and help, for people'
short\t'One line per diagnostic, for editors and CI'
json\t'One JSON object per line, one for each event of the run, for programs'"
complete -c cimaise -n "__fish_cimaise_needs_command" -l log-level -d 'As prosopopée and récitale have it' -r
complete -c cimaise -n "__fish_cimaise_needs_command" -l explain -d 'Explain why each rendition was reused or rendered again'
complete -c cimaise -n "__fish_cimaise_needs_command" -l keep-going -d 'Leave out photos that cannot be read, with a warning'
complete -c cimaise -n "__fish_cimaise_needs_command" -l skip-video -d 'Leave out all videos, so that ffmpeg is not required'
complete -c cimaise -n "__fish_cimaise_needs_command" -l strict -d 'Fail with exit code 1 if there are warnings'
complete -c cimaise -n "__fish_cimaise_needs_command" -s q -l quiet -d 'Print only errors and warnings'
complete -c cimaise -n "__fish_cimaise_needs_command" -s v -l verbose -d 'Print details of each step, and the internal cause of failures'
complete -c cimaise -n "__fish_cimaise_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_needs_command" -s V -l version -d 'Print version'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "build" -d 'Build the site; the default command'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "check" -d 'Check the site without rendering photos'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "test" -d 'Check the site without rendering photos'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "serve" -d 'Show the site on http://localhost:9000, and follow your changes'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "preview" -d 'Show the site on http://localhost:9000, and follow your changes'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "deploy" -d 'Upload the finished site with rsync'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "init" -d 'Create a site, with a gallery for each folder of photos'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "autogen" -d 'Create the sections of galleries from the photos in their folders'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "sync" -d 'Append new photos to the sections of galleries'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "verify" -d 'Check every file that cimaise wrote, and repair damage'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "clean" -d 'Remove the finished site'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "explain" -d 'Explain the code of an error or warning'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "schema" -d 'Print a JSON Schema of settings files or of the events of --format json'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "completions" -d 'Print completions for a shell'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "man" -d 'Print a manual page'
complete -c cimaise -n "__fish_cimaise_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c cimaise -n "__fish_cimaise_using_subcommand build" -s o -l output -d 'Folder of the finished site [default: SITE/build]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand build" -s j -l jobs -d 'Number of photos to process in parallel [default: number of CPUs]' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand build" -l memory -d 'Memory limit, such as 512m or 2g [default: half of the available memory]' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand build" -l cache-dir -d 'Folder of the cache, which keeps rendered photos and the keys of protected galleries [default: SITE/.cimaise-cache]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand build" -l allow -d 'Hide warnings with this code; repeat the option for several codes' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand build" -l format -d 'Format of messages; json prints the whole run as events to stdout' -r -f -a "human\t'Message, source lines and help, for people'
short\t'One line per diagnostic, for editors and CI'
json\t'One JSON object per line, one for each event of the run, for programs'"
complete -c cimaise -n "__fish_cimaise_using_subcommand build" -l log-level -d 'As prosopopée and récitale have it' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand build" -l explain -d 'Explain why each rendition was reused or rendered again'
complete -c cimaise -n "__fish_cimaise_using_subcommand build" -l keep-going -d 'Leave out photos that cannot be read, with a warning'
complete -c cimaise -n "__fish_cimaise_using_subcommand build" -l skip-video -d 'Leave out all videos, so that ffmpeg is not required'
complete -c cimaise -n "__fish_cimaise_using_subcommand build" -l strict -d 'Fail with exit code 1 if there are warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand build" -s q -l quiet -d 'Print only errors and warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand build" -s v -l verbose -d 'Print details of each step, and the internal cause of failures'
complete -c cimaise -n "__fish_cimaise_using_subcommand build" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand check" -s o -l output -d 'Folder of the finished site, for --privacy [default: SITE/build]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand check" -l cache-dir -d 'Folder of the cache, which keeps rendered photos and the keys of protected galleries [default: SITE/.cimaise-cache]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand check" -l allow -d 'Hide warnings with this code; repeat the option for several codes' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand check" -l format -d 'Format of messages; json prints the whole run as events to stdout' -r -f -a "human\t'Message, source lines and help, for people'
short\t'One line per diagnostic, for editors and CI'
json\t'One JSON object per line, one for each event of the run, for programs'"
complete -c cimaise -n "__fish_cimaise_using_subcommand check" -l log-level -d 'As prosopopée and récitale have it' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand check" -l privacy -d 'List locations, serial numbers and names that the originals and the finished site reveal'
complete -c cimaise -n "__fish_cimaise_using_subcommand check" -l keep-going -d 'Leave out photos that cannot be read, with a warning'
complete -c cimaise -n "__fish_cimaise_using_subcommand check" -l skip-video -d 'Leave out all videos, so that ffmpeg is not required'
complete -c cimaise -n "__fish_cimaise_using_subcommand check" -l strict -d 'Fail with exit code 1 if there are warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand check" -s q -l quiet -d 'Print only errors and warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand check" -s v -l verbose -d 'Print details of each step, and the internal cause of failures'
complete -c cimaise -n "__fish_cimaise_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand test" -s o -l output -d 'Folder of the finished site, for --privacy [default: SITE/build]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand test" -l cache-dir -d 'Folder of the cache, which keeps rendered photos and the keys of protected galleries [default: SITE/.cimaise-cache]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand test" -l allow -d 'Hide warnings with this code; repeat the option for several codes' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand test" -l format -d 'Format of messages; json prints the whole run as events to stdout' -r -f -a "human\t'Message, source lines and help, for people'
short\t'One line per diagnostic, for editors and CI'
json\t'One JSON object per line, one for each event of the run, for programs'"
complete -c cimaise -n "__fish_cimaise_using_subcommand test" -l log-level -d 'As prosopopée and récitale have it' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand test" -l privacy -d 'List locations, serial numbers and names that the originals and the finished site reveal'
complete -c cimaise -n "__fish_cimaise_using_subcommand test" -l keep-going -d 'Leave out photos that cannot be read, with a warning'
complete -c cimaise -n "__fish_cimaise_using_subcommand test" -l skip-video -d 'Leave out all videos, so that ffmpeg is not required'
complete -c cimaise -n "__fish_cimaise_using_subcommand test" -l strict -d 'Fail with exit code 1 if there are warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand test" -s q -l quiet -d 'Print only errors and warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand test" -s v -l verbose -d 'Print details of each step, and the internal cause of failures'
complete -c cimaise -n "__fish_cimaise_using_subcommand test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -s p -l port -d 'Port to listen on; 0 chooses a free port [default: 9000, or the next free port]' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -l host -d 'Address to listen on; 0.0.0.0 makes the preview visible to the whole network' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -l allow-host -d 'Further name by which browsers may open the preview, such as studio.local; repeat the option for several names' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -s o -l output -d 'Folder of the finished site [default: SITE/build]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -l cache-dir -d 'Folder of the cache, which keeps rendered photos and the keys of protected galleries [default: SITE/.cimaise-cache]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -s j -l jobs -d 'Number of photos to process in parallel [default: number of CPUs]' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -l memory -d 'Memory limit, such as 512m or 2g [default: half of the available memory]' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -l allow -d 'Hide warnings with this code; repeat the option for several codes' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -l format -d 'Format of messages; json prints the whole run as events to stdout' -r -f -a "human\t'Message, source lines and help, for people'
short\t'One line per diagnostic, for editors and CI'
json\t'One JSON object per line, one for each event of the run, for programs'"
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -l log-level -d 'As prosopopée and récitale have it' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -l built -d 'Show the finished site in the output folder, as the last build left it'
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -l open -d 'Open the site in a browser'
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -l keep-going -d 'Leave out photos that cannot be read, with a warning'
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -l skip-video -d 'Leave out all videos, so that ffmpeg is not required'
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -l strict -d 'Fail with exit code 1 if there are warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -s q -l quiet -d 'Print only errors and warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -s v -l verbose -d 'Print details of each step, and the internal cause of failures'
complete -c cimaise -n "__fish_cimaise_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -s p -l port -d 'Port to listen on; 0 chooses a free port [default: 9000, or the next free port]' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -l host -d 'Address to listen on; 0.0.0.0 makes the preview visible to the whole network' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -l allow-host -d 'Further name by which browsers may open the preview, such as studio.local; repeat the option for several names' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -s o -l output -d 'Folder of the finished site [default: SITE/build]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -l cache-dir -d 'Folder of the cache, which keeps rendered photos and the keys of protected galleries [default: SITE/.cimaise-cache]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -s j -l jobs -d 'Number of photos to process in parallel [default: number of CPUs]' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -l memory -d 'Memory limit, such as 512m or 2g [default: half of the available memory]' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -l allow -d 'Hide warnings with this code; repeat the option for several codes' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -l format -d 'Format of messages; json prints the whole run as events to stdout' -r -f -a "human\t'Message, source lines and help, for people'
short\t'One line per diagnostic, for editors and CI'
json\t'One JSON object per line, one for each event of the run, for programs'"
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -l log-level -d 'As prosopopée and récitale have it' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -l built -d 'Show the finished site in the output folder, as the last build left it'
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -l open -d 'Open the site in a browser'
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -l keep-going -d 'Leave out photos that cannot be read, with a warning'
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -l skip-video -d 'Leave out all videos, so that ffmpeg is not required'
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -l strict -d 'Fail with exit code 1 if there are warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -s q -l quiet -d 'Print only errors and warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -s v -l verbose -d 'Print details of each step, and the internal cause of failures'
complete -c cimaise -n "__fish_cimaise_using_subcommand preview" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand deploy" -s o -l output -d 'Folder of the finished site [default: SITE/build]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand deploy" -l format -d 'Format of messages; json prints the whole run as events to stdout' -r -f -a "human\t'Message, source lines and help, for people'
short\t'One line per diagnostic, for editors and CI'
json\t'One JSON object per line, one for each event of the run, for programs'"
complete -c cimaise -n "__fish_cimaise_using_subcommand deploy" -l log-level -d 'As prosopopée and récitale have it' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand deploy" -s n -l dry-run -d 'List the files to upload and to delete, and change nothing'
complete -c cimaise -n "__fish_cimaise_using_subcommand deploy" -s q -l quiet -d 'Print only errors and warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand deploy" -s v -l verbose -d 'Print details of each step, and the internal cause of failures'
complete -c cimaise -n "__fish_cimaise_using_subcommand deploy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand init" -l format -d 'Format of messages; json prints the whole run as events to stdout' -r -f -a "human\t'Message, source lines and help, for people'
short\t'One line per diagnostic, for editors and CI'
json\t'One JSON object per line, one for each event of the run, for programs'"
complete -c cimaise -n "__fish_cimaise_using_subcommand init" -l log-level -d 'As prosopopée and récitale have it' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand init" -s q -l quiet -d 'Print only errors and warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand init" -s v -l verbose -d 'Print details of each step, and the internal cause of failures'
complete -c cimaise -n "__fish_cimaise_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand autogen" -s d -l directory -d 'Folder of one gallery, relative to SITE' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand autogen" -l min-rating -d 'Take only photos with at least this number of stars, 1 to 5' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand autogen" -l keyword -d 'Take only photos with this keyword; may be given several times' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand autogen" -l format -d 'Format of messages; json prints the whole run as events to stdout' -r -f -a "human\t'Message, source lines and help, for people'
short\t'One line per diagnostic, for editors and CI'
json\t'One JSON object per line, one for each event of the run, for programs'"
complete -c cimaise -n "__fish_cimaise_using_subcommand autogen" -l log-level -d 'As prosopopée and récitale have it' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand autogen" -l all -d 'All galleries that contain no galleries'
complete -c cimaise -n "__fish_cimaise_using_subcommand autogen" -s q -l quiet -d 'Print only errors and warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand autogen" -s v -l verbose -d 'Print details of each step, and the internal cause of failures'
complete -c cimaise -n "__fish_cimaise_using_subcommand autogen" -l force -d 'Replace existing sections'
complete -c cimaise -n "__fish_cimaise_using_subcommand autogen" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand sync" -s d -l directory -d 'Folder of one gallery, relative to SITE' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand sync" -l min-rating -d 'Take only photos with at least this number of stars, 1 to 5' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand sync" -l keyword -d 'Take only photos with this keyword; may be given several times' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand sync" -l format -d 'Format of messages; json prints the whole run as events to stdout' -r -f -a "human\t'Message, source lines and help, for people'
short\t'One line per diagnostic, for editors and CI'
json\t'One JSON object per line, one for each event of the run, for programs'"
complete -c cimaise -n "__fish_cimaise_using_subcommand sync" -l log-level -d 'As prosopopée and récitale have it' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand sync" -l all -d 'All galleries that contain no galleries'
complete -c cimaise -n "__fish_cimaise_using_subcommand sync" -s q -l quiet -d 'Print only errors and warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand sync" -s v -l verbose -d 'Print details of each step, and the internal cause of failures'
complete -c cimaise -n "__fish_cimaise_using_subcommand sync" -l by-time -d 'Add photos behind those taken before them, instead of at the end'
complete -c cimaise -n "__fish_cimaise_using_subcommand sync" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand verify" -s j -l jobs -d 'Number of photos to process in parallel [default: number of CPUs]' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand verify" -l memory -d 'Memory limit, such as 512m or 2g [default: half of the available memory]' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand verify" -s o -l output -d 'Folder of the finished site [default: SITE/build]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand verify" -l cache-dir -d 'Folder of the cache, which keeps rendered photos and the keys of protected galleries [default: SITE/.cimaise-cache]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand verify" -l format -d 'Format of messages; json prints the whole run as events to stdout' -r -f -a "human\t'Message, source lines and help, for people'
short\t'One line per diagnostic, for editors and CI'
json\t'One JSON object per line, one for each event of the run, for programs'"
complete -c cimaise -n "__fish_cimaise_using_subcommand verify" -l log-level -d 'As prosopopée and récitale have it' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand verify" -l sources -d 'Check the originals as well: photos, videos and sounds'
complete -c cimaise -n "__fish_cimaise_using_subcommand verify" -s n -l dry-run -d 'Report damage, and repair nothing'
complete -c cimaise -n "__fish_cimaise_using_subcommand verify" -l skip-video -d 'Leave out all videos, so that ffmpeg is not required'
complete -c cimaise -n "__fish_cimaise_using_subcommand verify" -s q -l quiet -d 'Print only errors and warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand verify" -s v -l verbose -d 'Print details of each step, and the internal cause of failures'
complete -c cimaise -n "__fish_cimaise_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand clean" -s o -l output -d 'Folder of the finished site [default: SITE/build]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand clean" -l cache-dir -d 'Folder of the cache, which keeps rendered photos and the keys of protected galleries [default: SITE/.cimaise-cache]' -r -F
complete -c cimaise -n "__fish_cimaise_using_subcommand clean" -l format -d 'Format of messages; json prints the whole run as events to stdout' -r -f -a "human\t'Message, source lines and help, for people'
short\t'One line per diagnostic, for editors and CI'
json\t'One JSON object per line, one for each event of the run, for programs'"
complete -c cimaise -n "__fish_cimaise_using_subcommand clean" -l log-level -d 'As prosopopée and récitale have it' -r
complete -c cimaise -n "__fish_cimaise_using_subcommand clean" -l cache -d 'Remove the cache as well'
complete -c cimaise -n "__fish_cimaise_using_subcommand clean" -s n -l dry-run -d 'List the files to remove, and remove nothing; with --verbose, list all of them'
complete -c cimaise -n "__fish_cimaise_using_subcommand clean" -s q -l quiet -d 'Print only errors and warnings'
complete -c cimaise -n "__fish_cimaise_using_subcommand clean" -s v -l verbose -d 'Print details of each step, and the internal cause of failures'
complete -c cimaise -n "__fish_cimaise_using_subcommand clean" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand schema" -l templates -d 'Accept the keys and section types of the site\'s own templates'
complete -c cimaise -n "__fish_cimaise_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cimaise -n "__fish_cimaise_using_subcommand help; and not __fish_seen_subcommand_from build check serve deploy init autogen sync verify clean explain schema completions man help" -f -a "build" -d 'Build the site; the default command'
complete -c cimaise -n "__fish_cimaise_using_subcommand help; and not __fish_seen_subcommand_from build check serve deploy init autogen sync verify clean explain schema completions man help" -f -a "check" -d 'Check the site without rendering photos'
complete -c cimaise -n "__fish_cimaise_using_subcommand help; and not __fish_seen_subcommand_from build check serve deploy init autogen sync verify clean explain schema completions man help" -f -a "serve" -d 'Show the site on http://localhost:9000, and follow your changes'
complete -c cimaise -n "__fish_cimaise_using_subcommand help; and not __fish_seen_subcommand_from build check serve deploy init autogen sync verify clean explain schema completions man help" -f -a "deploy" -d 'Upload the finished site with rsync'
complete -c cimaise -n "__fish_cimaise_using_subcommand help; and not __fish_seen_subcommand_from build check serve deploy init autogen sync verify clean explain schema completions man help" -f -a "init" -d 'Create a site, with a gallery for each folder of photos'
complete -c cimaise -n "__fish_cimaise_using_subcommand help; and not __fish_seen_subcommand_from build check serve deploy init autogen sync verify clean explain schema completions man help" -f -a "autogen" -d 'Create the sections of galleries from the photos in their folders'
complete -c cimaise -n "__fish_cimaise_using_subcommand help; and not __fish_seen_subcommand_from build check serve deploy init autogen sync verify clean explain schema completions man help" -f -a "sync" -d 'Append new photos to the sections of galleries'
complete -c cimaise -n "__fish_cimaise_using_subcommand help; and not __fish_seen_subcommand_from build check serve deploy init autogen sync verify clean explain schema completions man help" -f -a "verify" -d 'Check every file that cimaise wrote, and repair damage'
complete -c cimaise -n "__fish_cimaise_using_subcommand help; and not __fish_seen_subcommand_from build check serve deploy init autogen sync verify clean explain schema completions man help" -f -a "clean" -d 'Remove the finished site'
complete -c cimaise -n "__fish_cimaise_using_subcommand help; and not __fish_seen_subcommand_from build check serve deploy init autogen sync verify clean explain schema completions man help" -f -a "explain" -d 'Explain the code of an error or warning'
complete -c cimaise -n "__fish_cimaise_using_subcommand help; and not __fish_seen_subcommand_from build check serve deploy init autogen sync verify clean explain schema completions man help" -f -a "schema" -d 'Print a JSON Schema of settings files or of the events of --format json'
complete -c cimaise -n "__fish_cimaise_using_subcommand help; and not __fish_seen_subcommand_from build check serve deploy init autogen sync verify clean explain schema completions man help" -f -a "completions" -d 'Print completions for a shell'
complete -c cimaise -n "__fish_cimaise_using_subcommand help; and not __fish_seen_subcommand_from build check serve deploy init autogen sync verify clean explain schema completions man help" -f -a "man" -d 'Print a manual page'
complete -c cimaise -n "__fish_cimaise_using_subcommand help; and not __fish_seen_subcommand_from build check serve deploy init autogen sync verify clean explain schema completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
