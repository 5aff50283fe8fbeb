# irace (López-Ibáñez, Dubois-Lacoste, Pérez Cáceres, Birattari and Stützle 2016) with its defaults, over a space that is read
# from stdin and evaluated by lines: see protocol.ts. Its elite is what it holds to be the best.

suppressPackageStartupMessages(library(irace))

out <- file("/dev/stdout", "w", raw = TRUE)
sink(stderr())
input <- file("stdin", "r")

switches <- character()
parameters <- character()
forbidden <- character()
repeat {
  words <- strsplit(readLines(input, 1), " ")[[1]]
  if (words[1] == "begin") break
  if (words[1] == "budget") budget <- as.integer(words[2])
  if (words[1] == "seed") seed <- as.integer(words[2])
  if (words[1] == "switch") switches <- c(switches, sprintf('%s "" c (0,1)', words[2]))
  if (words[1] == "needs") {
    forbidden <- c(forbidden, sprintf('(%s == "1") & (%s == "0")', words[2], words[3]))
  }
  if (words[1] == "parameter") {
    type <- c(real = "r", integer = "i", choice = "c")[[words[3]]]
    if (words[6] == "log") type <- paste0(type, ",log")
    domain <- if (words[3] == "choice") as.integer(words[4]):as.integer(words[5]) else words[4:5]
    given <- paste(sprintf('(%s == "1")', words[-(1:6)]), collapse = " | ")
    parameters <- c(parameters, sprintf('%s "" %s (%s) | %s', words[2], type, paste(domain, collapse = ","), given))
  }
}

asked <- function(configuration) {
  values <- unlist(configuration)
  values <- values[!is.na(values) & !startsWith(names(values), ".")]
  paste(names(values), values, sep = "=", collapse = " ")
}

evaluate <- function(experiments, exec.target.runner, scenario, target.runner) {
  lines <- sapply(experiments, function(one) paste("ask", one$instance, asked(one$configuration)))
  writeLines(lines, out)
  flush(out)
  lapply(readLines(input, length(lines)), function(cost) list(cost = as.numeric(cost), time = NA_real_))
}

scenario <- list(
  targetRunnerParallel = evaluate,
  # As many worlds as there can be experiments, each with its own chance: in the order that is given.
  instances = as.character(seq_len(budget) - 1),
  sampleInstances = 0,
  deterministic = 1,
  maxExperiments = budget,
  seed = seed,
  digits = 6,
  logFile = ""
)
if (length(forbidden) > 0) {
  scenario$forbiddenFile <- tempfile()
  writeLines(forbidden, scenario$forbiddenFile)
}
elites <- irace(scenario = scenario, parameters = readParameters(text = c(switches, parameters), digits = 6))
writeLines(paste("best", asked(removeConfigurationsMetaData(elites)[1, ])), out)
writeLines(paste("cpu", sum(proc.time()[c("user.self", "sys.self")])), out)
close(out)
