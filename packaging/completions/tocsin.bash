# bash completion for tocsin
_tocsin() {
  local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]}
  local history="--config --since --country --rule --text --limit --json --csv --hxl --geojson --cap"
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "run check test parse understand explain replay backtest feeds alerts incidents items status reload --help --version" -- "$word")
    return
  fi
  if [ "$command" = feeds ]; then
    case $COMP_CWORD:${COMP_WORDS[2]}:$word in
      2:*) mapfile -t COMPREPLY < <(compgen -W "list test add --help" -- "$word") ;;
      *:list:-*) mapfile -t COMPREPLY < <(compgen -W "--config --all --country --json --opml --help" -- "$word") ;;
      *:test:-*) mapfile -t COMPREPLY < <(compgen -W "--config --json --allow-private --feed --help" -- "$word") ;;
      *:add:-*) mapfile -t COMPREPLY < <(compgen -W "--config --to --id --country --reliability --force --allow-private --dry-run --help" -- "$word") ;;
      *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    esac
    return
  fi
  case $command:$word in
    run:-*) mapfile -t COMPREPLY < <(compgen -W "--config --once --help" -- "$word") ;;
    check:-*) mapfile -t COMPREPLY < <(compgen -W "--config --help" -- "$word") ;;
    test:-*) mapfile -t COMPREPLY < <(compgen -W "--config --coverage --verbose --help" -- "$word") ;;
    parse:-*) mapfile -t COMPREPLY < <(compgen -W "--config --feed --json --mapping --help" -- "$word") ;;
    understand:-*) mapfile -t COMPREPLY < <(compgen -W "--jsonl --help" -- "$word") ;;
    explain:-*) mapfile -t COMPREPLY < <(compgen -W "--config --json --case --item --alert --help" -- "$word") ;;
    replay:-*) mapfile -t COMPREPLY < <(compgen -W "--config --json --speed --store --help" -- "$word") ;;
    backtest:-*) mapfile -t COMPREPLY < <(compgen -W "--config --rules --since --json --help" -- "$word") ;;
    reload:-*) mapfile -t COMPREPLY < <(compgen -W "--config --help" -- "$word") ;;
    status:-*) mapfile -t COMPREPLY < <(compgen -W "--config --json --help" -- "$word") ;;
    alerts:-* | incidents:-* | items:-*) mapfile -t COMPREPLY < <(compgen -W "$history --help" -- "$word") ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
  esac
}
complete -F _tocsin tocsin
